#!/bin/sh
# /usr/bin/mnist-studio of the Debian package. Commands are started with the switches that let them run without a display, also as
# root; the program knows them too (relaunch.ts), but only a shell can give them before Chromium reads its command line.
app="$(dirname "$(readlink -f "$0")")/../../opt/MNIST Studio/mnist-studio"
is_command=no
case "${1-}" in
  --help | -h | --version) is_command=yes ;;
  '' | *[!a-z-]* | -*) ;; # a path, an address, a switch: the window
  *) [ -e "$1" ] || is_command=yes ;;
esac
case "${1-}" in train | evaluate) is_command=yes ;; esac
if [ "$is_command" = yes ]; then
  exec "$app" --no-sandbox --no-zygote --ozone-platform=headless --disable-gpu --log-level=3 "$@"
fi
exec "$app" "$@"
