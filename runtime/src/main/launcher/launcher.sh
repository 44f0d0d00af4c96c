#!/bin/sh
# Starts a plugin. Plakar runs this file with its two pipes as standard input and output; the plugin gets them as
# descriptors 3 and 4, so that nothing that is printed by accident can reach the protocol.
#
# KLOSET_JAVA_HOME        the Java to use, if the package brings none
# KLOSET_JAVA_OPTS        further options for Java
# KLOSET_AOT_OUTPUT       with the argument "train": make a start-up cache and store it in this file
set -f # nothing here is a pattern, unless it says so

main='@plugin.main@'
classpath='@plugin.classpath@'
needed=@java.version@
# The same for making a start-up cache and for using it. No perf data: it would leave a file in /tmp when the host kills
# the plugin, as it does at the end of every command. A cache that does not fit costs time only: no word about it.
options='-XX:+UseSerialGC -Xms8m -Xmx@plugin.heap@ -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData
    -XX:+DisplayVMOutputToStderr -Xlog:disable -Xlog:all=warning,aot*=off,cds*=off:stderr:level,tags
    --enable-native-access=ALL-UNNAMED @plugin.options@'

fail() {
    echo "$main: $1" >&2
    exit 1
}

# --- The directory of this file, through symbolic links -------------------------------------------------------------

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
case $home in
    /*) ;;
    '') home=/ ;;
    *) home=$PWD/$home ;;
esac
case $home in
    *:*) fail "Java cannot run from a directory whose name has a colon: move $home" ;;
esac

# --- The files of the package. Plakar may have extracted only a part of them ---------------------------------------

jars=
for jar in $classpath; do
    [ -s "$home/$jar" ] || fail "the file $home/$jar is missing: install the package again"
    jars=$jars:$home/$jar
done
jars=${jars#:}
java=
if [ -d "$home/runtime" ]; then
    for file in bin/java lib/modules; do
        [ -s "$home/runtime/$file" ] || fail "the file $home/runtime/$file is missing: install the package again"
    done
    [ -x "$home/runtime/bin/java" ] || fail "the file $home/runtime/bin/java is not executable: install the package again"
    java=$home/runtime
fi

# --- A Java of at least the needed version: the user's choice, or one that is installed -----------------------------

# Asking every Java for its version would take longer than the plugin; each says it in a file.
suitable() {
    [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
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
find_java() {
    set +f
    for java in "${KLOSET_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/.sdkman/candidates/java/*; do
        suitable "$java" && break
        java=
    done
    set -f
    [ -n "$java" ] && return
    java=$(on_path)
    suitable "$java" && return
    fail "Java $needed or newer is needed; install one, or set KLOSET_JAVA_HOME to its directory"
}
[ -n "$java" ] || find_java

# --- The locale ----------------------------------------------------------------------------------------------------

# Java decodes file names by the locale. The caller's may be missing, or named without being installed; both would leave
# nothing but ASCII.
LC_ALL=C.UTF-8
export LC_ALL

# --- The start-up cache ---------------------------------------------------------------------------------------------

# make_cache FILE LOCATION...
make_cache() {
    file=$1
    shift
    # shellcheck disable=SC2086 # options are words
    "$java/bin/java" $options -XX:AOTMode=record "-XX:AOTConfiguration=$file.conf" -cp "$jars" "$main" train "$@" \
        </dev/null >/dev/null &&
        "$java/bin/java" $options -XX:AOTMode=create "-XX:AOTConfiguration=$file.conf" "-XX:AOTCache=$file.new" \
            -cp "$jars" >/dev/null 2>&1 </dev/null &&
        mv -f "$file.new" "$file"
    made=$?
    rm -f "$file.conf" "$file.new"
    return $made
}

if [ -n "${KLOSET_AOT_OUTPUT:-}" ] && [ "${1:-}" = train ]; then
    shift
    make_cache "$KLOSET_AOT_OUTPUT" "$@" || fail "cannot make the start-up cache $KLOSET_AOT_OUTPUT"
    exit 0
fi

cache=
if [ -s "$home/plugin.aot" ] && [ "$java" = "$home/runtime" ]; then
    cache=-XX:AOTCache=$home/plugin.aot
fi

# --- Java -----------------------------------------------------------------------------------------------------------

terminal=false
[ -t 0 ] && terminal=true

# shellcheck disable=SC2086 # options are words
set -- $options ${cache:+"$cache"} -Dkloset.terminal="$terminal" \
    ${KLOSET_JAVA_OPTS:-} -cp "$jars" "$main" "$@"

# Ctrl-C reaches the whole terminal. The host ends us in order, or kills us; we do not end ourselves in the middle.
trap '' INT

# Sockets cannot be opened by name later on: with them the plugin guards its streams itself.
if [ -S /dev/fd/0 ] || [ -S /dev/fd/1 ]; then
    exec "$java/bin/java" "$@"
fi
exec "$java/bin/java" -Dkloset.pipes=3,4 "$@" 3<&0 4>&1 </dev/null 1>&2
