#!/bin/sh
# Put Pressmark.app into a disk image beside a link to the folder of applications.
#
#   dmg.sh PATH-OF-Pressmark.app TARGET.dmg
#
# Signed and notarised like the program, from the same variables as in sign.sh.
set -eu

app=$1
target=$2
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

ditto "$app" "$stage/Pressmark.app"
ln -s /Applications "$stage/Applications"
hdiutil create -volname Pressmark -srcfolder "$stage" -fs HFS+ -format UDZO -ov "$target"

if [ -n "${PRESSMARK_MAC_IDENTITY:-}" ]; then
    codesign --timestamp --sign "$PRESSMARK_MAC_IDENTITY" "$target"
fi
if [ -n "${PRESSMARK_MAC_IDENTITY:-}" ] && [ -n "${PRESSMARK_MAC_NOTARY_KEY:-}" ]; then
    xcrun notarytool submit "$target" --wait --key "$PRESSMARK_MAC_NOTARY_KEY" \
        --key-id "$PRESSMARK_MAC_NOTARY_ID" --issuer "$PRESSMARK_MAC_NOTARY_ISSUER"
    xcrun stapler staple "$target"
fi
