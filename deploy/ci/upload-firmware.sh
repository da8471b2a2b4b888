#!/usr/bin/env bash
# upload-firmware.sh FILE: publishes an image on a Caravan hub, from a build server. Needs bash and curl.
#
# In the environment:
#   CARAVAN_URL          the hub: https://hub.example.org
#   CARAVAN_API_KEY      the hub's caravan.firmware.api-key
#   FIRMWARE_MODEL       which devices it is for
#   FIRMWARE_VERSION     as devices will tell it; without it, the version in the image
#   FIRMWARE_NOTES       for people who decide whether they want it (optional)
#   FIRMWARE_MIN_VERSION the oldest version that may be updated to it in one step (optional)
#   FIRMWARE_SIGNATURE   a file with the detached signature (optional)
#
# Prints what the hub answers, as JSON. Running it again with the same file is harmless. Exits with 0 if the release is there, with 1 if the
# hub refused it (its sentence is on standard error) or cannot be reached, and with 2 if it was called wrongly.
set -euo pipefail

fail() {
  printf 'upload-firmware: %s\n' "$2" >&2
  exit "$1"
}

[[ $# -eq 1 ]] || fail 2 "name the image: upload-firmware.sh build/firmware.bin"
file=$1
[[ -f $file ]] || fail 2 "there is no file $file; was the build finished?"
[[ -s $file ]] || fail 2 "$file is empty; was the build finished?"
[[ -n ${CARAVAN_URL:-} ]] || fail 2 "CARAVAN_URL is not set"
[[ -n ${CARAVAN_API_KEY:-} ]] || fail 2 "CARAVAN_API_KEY is not set"
[[ -n ${FIRMWARE_MODEL:-} ]] || fail 2 "FIRMWARE_MODEL is not set"
[[ $CARAVAN_API_KEY != *[$'\r\n']* ]] || fail 2 "CARAVAN_API_KEY has a line end in it"

# curl takes the part of a form from a file whose name it reads up to a comma or semicolon; quoted, it may have any.
quoted() {
  local name=${1//\\/\\\\}
  printf '"%s"' "${name//\"/\\\"}"
}

form=(--form "file=@$(quoted "$file");filename=firmware.bin" --form-string "model=$FIRMWARE_MODEL")
[[ -z ${FIRMWARE_VERSION:-} ]] || form+=(--form-string "version=$FIRMWARE_VERSION")
[[ -z ${FIRMWARE_NOTES:-} ]] || form+=(--form-string "notes=$FIRMWARE_NOTES")
[[ -z ${FIRMWARE_MIN_VERSION:-} ]] || form+=(--form-string "min_version=$FIRMWARE_MIN_VERSION")
if [[ -n ${FIRMWARE_SIGNATURE:-} ]]; then
  [[ -s $FIRMWARE_SIGNATURE ]] || fail 2 "there is no signature in $FIRMWARE_SIGNATURE"
  form+=(--form "signature=@$(quoted "$FIRMWARE_SIGNATURE");filename=signature")
fi

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# The key goes in by standard input: the list of processes is for everybody.
key=${CARAVAN_API_KEY//\\/\\\\}
key=${key//\"/\\\"}
status=$(printf 'header = "X-API-Key: %s"\n' "$key" |
  curl --config - --silent --show-error --output "$answer" --write-out '%{http_code}' \
    --connect-timeout 10 --speed-limit 500 --speed-time 60 \
    --retry "${UPLOAD_RETRIES:-5}" --retry-delay "${UPLOAD_RETRY_SECONDS:-5}" --retry-connrefused \
    "${form[@]}" "${CARAVAN_URL%/}/api/v1/firmware") ||
  fail 1 "the hub at ${CARAVAN_URL%/} could not be reached"

case $status in
  200 | 201)
    cat "$answer"
    echo
    ;;
  *)
    detail=$(sed -n 's/.*"detail":"\(\([^"\\]\|\\.\)*\)".*/\1/p' "$answer" | sed 's/\\\(["\\/]\)/\1/g')
    fail 1 "${detail:-the hub answers with HTTP status $status}"
    ;;
esac
