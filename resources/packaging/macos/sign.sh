#!/bin/sh
# Sign Pressmark.app with the hardened runtime, have Apple check it, and staple the answer to it.
#
#   sign.sh PATH-OF-Pressmark.app
#
# From the environment, each step being left out with a line where something is missing:
#   PRESSMARK_MAC_IDENTITY      "Developer ID Application: NAME (TEAM)", in a keychain that is open
#   PRESSMARK_MAC_NOTARY_KEY    path of the App Store Connect key (.p8)
#   PRESSMARK_MAC_NOTARY_ID     its key id
#   PRESSMARK_MAC_NOTARY_ISSUER its issuer id
set -eu

app=$1
here=$(cd "$(dirname "$0")" && pwd)
entitlements=$here/entitlements.plist

if [ -z "${PRESSMARK_MAC_IDENTITY:-}" ]; then
    echo "not signed: PRESSMARK_MAC_IDENTITY is not set. Macs ask before they open it."
    # Processors of Apple run nothing without a signature, even if it names nobody.
    codesign --force --deep --sign - "$app"
    codesign --verify --deep --strict "$app"
    exit 0
fi

# From the inside out: each library first, then the programs, then the bundle that seals them.
find "$app/Contents" -type f ! -path '*/Contents/MacOS/*' -exec sh -c '
    for file; do
        case $(file -b "$file") in
            *Mach-O*) codesign --force --timestamp --options runtime \
                --sign "$PRESSMARK_MAC_IDENTITY" "$file" || exit 1 ;;
        esac
    done' sh {} +
for file in "$app"/Contents/MacOS/*; do
    codesign --force --timestamp --options runtime --entitlements "$entitlements" \
        --sign "$PRESSMARK_MAC_IDENTITY" "$file"
done
codesign --force --timestamp --options runtime --entitlements "$entitlements" \
    --sign "$PRESSMARK_MAC_IDENTITY" "$app"
codesign --verify --deep --strict "$app"

if [ -z "${PRESSMARK_MAC_NOTARY_KEY:-}" ]; then
    echo "not notarised: PRESSMARK_MAC_NOTARY_KEY is not set. Macs ask before they open it."
    exit 0
fi
packed=$app.zip
ditto -c -k --keepParent "$app" "$packed"
xcrun notarytool submit "$packed" --wait --key "$PRESSMARK_MAC_NOTARY_KEY" \
    --key-id "$PRESSMARK_MAC_NOTARY_ID" --issuer "$PRESSMARK_MAC_NOTARY_ISSUER"
rm "$packed"
xcrun stapler staple "$app" # so that opening it for the first time needs no network
spctl --assess --type execute --verbose "$app"
