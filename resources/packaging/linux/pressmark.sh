#!/bin/sh
# Starts Pressmark, or says why it cannot run here: the program itself could not.
here=$(dirname -- "$(readlink -f -- "$0")")

refuse() {
    echo "pressmark: $1" >&2
    if [ ! -t 2 ]; then # started from a desktop, where nobody sees what is printed
        if [ -n "$(command -v zenity)" ]; then
            zenity --error --title=Pressmark --no-markup --text="$1"
        elif [ -n "$(command -v kdialog)" ]; then
            kdialog --title Pressmark --error "$1"
        elif [ -n "$(command -v xmessage)" ]; then
            xmessage -center "$1"
        fi
    fi >/dev/null 2>&1
    exit 1
}

machine=$(uname -m)
[ "$machine" = "@MACHINE@" ] ||
    refuse "This Pressmark is made for computers of the kind @MACHINE@, and this one is $machine. Get the one for $machine."

version=$(getconf GNU_LIBC_VERSION 2>/dev/null)
version=${version#glibc }
[ -n "$version" ] ||
    refuse "Pressmark needs a Linux with the C library glibc, @MAJOR@.@MINOR@ or newer, and this one has another (musl, perhaps). Debian 12, Ubuntu 22.04, Fedora 36 and later have it."
major=${version%%.*}
minor=${version#*.}
minor=${minor%%.*}
if [ "$major" -lt @MAJOR@ ] || { [ "$major" -eq @MAJOR@ ] && [ "$minor" -lt @MINOR@ ]; }; then
    refuse "Pressmark needs the C library glibc @MAJOR@.@MINOR@ or newer, and this system has $version. Use a newer system: Debian 12, Ubuntu 22.04 or Fedora 36, or a later one."
fi

exec "$here/pressmark-bin" "$@"
