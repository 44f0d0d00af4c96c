#!/bin/sh
# Starts a plugin. Plakar runs this file with its two pipes as standard input and output; the plugin gets them as
# descriptors 3 and 4, so that nothing that is printed by accident can reach the protocol.

main='@plugin.main@'

fail() {
    echo "$main: $1" >&2
    exit 1
}

# The directory of this file, through symbolic links.
self=$0
while [ -h "$self" ]; do
    target=$(readlink "$self") || fail "cannot read the link $self"
    case $target in
        /*) self=$target ;;
        *) self=$(dirname -- "$self")/$target ;;
    esac
done
case $self in
    */*) home=${self%/*} ;;
    *) home=. ;;
esac
[ -d "$home/lib" ] || fail "the directory $home/lib is missing: install the package again"

# A Java of at least this version: the one in the package, the user's choice, or one that is installed.
needed=@java.version@
suitable() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r key value; do
        if [ "$key" = JAVA_VERSION ]; then
            value=${value#\"}
            value=${value%%[!0-9]*}
            [ "${value:-0}" -ge "$needed" ]
            return
        fi
    done <"$1/release"
    return 1
}
# The home of the Java on the PATH, which is a chain of links.
on_path() {
    program=$(command -v java) || return
    while [ -h "$program" ]; do
        target=$(readlink "$program") || return
        case $target in
            /*) program=$target ;;
            *) program=$(dirname -- "$program")/$target ;;
        esac
    done
    dirname -- "$(dirname -- "$program")"
}
java=
for candidate in "$home/runtime" "${KLOSET_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/.sdkman/candidates/java/*; do
    if [ -n "$candidate" ] && suitable "$candidate"; then
        java=$candidate/bin/java
        break
    fi
done
if [ -z "$java" ]; then
    candidate=$(on_path)
    [ -n "$candidate" ] && suitable "$candidate" && java=$candidate/bin/java
fi
[ -n "$java" ] || fail "Java $needed or newer is needed; install one, or set KLOSET_JAVA_HOME to its directory"

# Java decodes file names by the locale. The caller's may be missing, or named without being installed; both would leave
# nothing but ASCII.
LC_ALL=C.UTF-8
export LC_ALL

terminal=false
[ -t 0 ] && terminal=true

# No perf data: it would leave a file in /tmp when the host kills the plugin, as it does at the end of every command.
set -- \
    -XX:+UseSerialGC -Xms8m -Xmx@plugin.heap@ -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData -Xshare:auto \
    -XX:+DisplayVMOutputToStderr -Xlog:disable -Xlog:all=warning:stderr:level,tags \
    --enable-native-access=ALL-UNNAMED \
    -Dkloset.terminal="$terminal" ${KLOSET_JAVA_OPTS:-} -cp "$home/lib/*" "$main" "$@"

# Ctrl-C reaches the whole terminal. The host ends us in order, or kills us; we do not end ourselves in the middle.
trap '' INT

# Sockets cannot be opened by name later on: with them the plugin guards its streams itself.
if [ -S /dev/fd/0 ] || [ -S /dev/fd/1 ]; then
    exec "$java" "$@"
fi
exec "$java" -Dkloset.pipes=3,4 "$@" 3<&0 4>&1 </dev/null 1>&2
