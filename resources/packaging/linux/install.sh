#!/bin/sh
# Installs Pressmark for the person who runs this, without administrator rights; or removes it.
set -u
here=$(dirname -- "$(readlink -f -- "$0")")
data=${XDG_DATA_HOME:-$HOME/.local/share}
target=$HOME/.local/opt/pressmark
command=$HOME/.local/bin/pressmark
action=install

say() {
    echo "$1"
    if [ ! -t 1 ]; then # started with a click: nobody sees what is printed
        if [ -n "$(command -v zenity)" ]; then
            zenity --info --title=Pressmark --no-markup --text="$1"
        elif [ -n "$(command -v kdialog)" ]; then
            kdialog --title Pressmark --msgbox "$1"
        elif [ -n "$(command -v notify-send)" ]; then
            notify-send Pressmark "$1"
        fi
    fi >/dev/null 2>&1
}

refuse() {
    say "$1" >&2
    exit 1
}

usage() {
    cat <<END
usage: ./install.sh [--to FOLDER] [--uninstall]

Installs Pressmark for you alone: the program in ~/.local/opt/pressmark (or the FOLDER),
an entry in the menu, and the command pressmark in ~/.local/bin. A folder team/ beside this
script is installed, too. --uninstall removes the program; your projects and settings stay.
END
}

is_ours() { [ -f "$1/pressmark-bin" ] && [ -f "$1/installed.txt" ]; }

refuse_while_running() {
    for process in /proc/[0-9]*/exe; do
        [ "$(readlink -- "$process" 2>/dev/null)" != "$target/pressmark-bin" ] ||
            refuse "Pressmark is running: close it, then start this again."
    done
}

# Deletes the files that an installation has brought; whatever else lies there stays.
remove_installed() {
    while IFS= read -r file; do
        rm -f -- "$1/$file"
    done <"$1/installed.txt"
    rm -f -- "$1/installed.txt"
    find "$1" -depth -type d -empty -exec rmdir -- {} \;
}

run_if_there() {
    [ -z "$(command -v "$1")" ] || "$@" >/dev/null 2>&1
}

refresh_desktop() {
    run_if_there update-desktop-database "$data/applications"
    run_if_there update-mime-database "$data/mime"
    run_if_there gtk-update-icon-cache -q -t -f "$data/icons/hicolor"
}

# Leaves $target as it was where anything fails.
place_program() {
    new=$target.new
    rm -rf -- "$new"
    trap 'rm -rf -- "$new"' EXIT
    mkdir -p -- "$new" 2>/dev/null || refuse "The folder $target cannot be made. Choose another: ./install.sh --to FOLDER"
    cp -R -P -p -- "$here/." "$new/" || refuse "Pressmark could not be copied to $target (is the disk full?). Nothing was changed."
    if [ ! -d "$new/team" ] && [ -d "$target/team" ]; then
        cp -R -P -p -- "$target/team" "$new/team" || refuse "The team's set-up could not be copied. Nothing was changed."
    fi
    (cd -- "$new" && exec find . \( -type f -o -type l \) ! -name installed.txt -print) >"$new/installed.txt" ||
        refuse "The list of files could not be written. Nothing was changed."
    version=$("$new/pressmark" --version 2>&1) || refuse "Pressmark does not start from $target: $version"
    if [ -d "$target" ]; then
        old=$target.old
        rm -rf -- "$old"
        mv -- "$target" "$old" || refuse "$target could not be replaced. Nothing was changed."
        if ! mv -- "$new" "$target"; then
            mv -- "$old" "$target"
            refuse "$target could not be replaced. Nothing was changed."
        fi
        remove_installed "$old"
        if [ -d "$old" ]; then # what somebody else has put there
            cp -R -P -p -n -- "$old/." "$target/" && rm -rf -- "$old"
        fi
    else
        mv -- "$new" "$target" || refuse "$target could not be made."
    fi
    trap - EXIT
}

# A menu entry starts the program by its path: not each desktop looks into ~/.local/bin.
write_menu_entry() {
    quoted=$(printf %s "$target/pressmark" | sed 's/["`$\\]/\\&/g; s/\\/\\\\/g; s/%/%%/g')
    grep -v -e '^Exec=' -e '^TryExec=' <"$target/share/applications/pressmark.desktop"
    printf 'Exec="%s" %%f\n' "$quoted"
}

install_program() {
    [ ! -f "$here/installed.txt" ] || refuse "Pressmark is installed already. To remove it: $here/install.sh --uninstall"
    [ -x "$here/pressmark-bin" ] || refuse "The program is not beside this script: unpack the whole archive, then start this again."
    if [ -d "$target" ] && ! is_ours "$target"; then
        rmdir -- "$target" 2>/dev/null || refuse "In $target lies something else than Pressmark. Choose another folder: ./install.sh --to FOLDER"
    fi
    refuse_while_running
    place_program
    mkdir -p -- "$data" "$(dirname -- "$command")"
    if ! { cp -R -- "$target/share/." "$data/" && write_menu_entry >"$data/applications/pressmark.desktop"; }; then
        refuse "The menu entry could not be written to $data. Pressmark itself is in $target."
    fi
    if [ -L "$command" ] || [ ! -e "$command" ]; then
        ln -sf -- "$target/pressmark" "$command"
    fi
    refresh_desktop
    team=
    [ ! -d "$target/team" ] || team=" Your team's set-up is in it."
    say "Pressmark is installed: $version.$team Start it from the menu, by opening a .pressmark file, or with $command. To remove it: $target/install.sh --uninstall"
}

uninstall_program() {
    is_ours "$target" || refuse "There is no Pressmark in $target. If it is elsewhere: ./install.sh --uninstall --to FOLDER"
    refuse_while_running
    (cd -- "$target/share" && find . -type f -print) | while IFS= read -r file; do
        rm -f -- "$data/$file"
    done
    [ "$(readlink -- "$command")" != "$target/pressmark" ] || rm -f -- "$command"
    remove_installed "$target"
    refresh_desktop
    if [ -d "$target" ]; then
        say "Pressmark is removed. In $target there are files that did not come with it: they stay. So do your projects and settings."
    else
        say "Pressmark is removed. Your projects and settings stay."
    fi
}

[ ! -f "$here/installed.txt" ] || target=$here
while [ $# -gt 0 ]; do
    case $1 in
    --to)
        [ -n "${2:-}" ] || refuse "--to needs a folder. See: ./install.sh --help"
        target=$(readlink -m -- "$2")
        shift
        ;;
    --uninstall) action=uninstall ;;
    --help | -h) usage && exit 0 ;;
    *) refuse "There is no option $1. See: ./install.sh --help" ;;
    esac
    shift
done
"${action}_program"
