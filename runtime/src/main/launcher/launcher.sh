#!/bin/sh
# Starts a plugin. Plakar runs this file with its two pipes as standard input and output; the plugin gets them as
# descriptors 3 and 4, so that nothing that is printed by accident can reach the protocol.
#
# KLOSET_JAVA_HOME        the Java to use, if the package brings none
# KLOSET_JAVA_OPTS        further options for Java
# KLOSET_NO_START_CACHE   if set, make no start-up cache in the user's cache directory, and use none from there
# KLOSET_AOT_OUTPUT       with the argument "train": make a start-up cache and store it in this file
set -f # nothing here is a pattern, unless it says so

# What the user sets for every Java on the machine, such as a collector or an agent, would keep this one from starting.
ignored=${JAVA_TOOL_OPTIONS:+JAVA_TOOL_OPTIONS }${JDK_JAVA_OPTIONS:+JDK_JAVA_OPTIONS }${_JAVA_OPTIONS:+_JAVA_OPTIONS }
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS

main='@plugin.main@'
classpath='@plugin.classpath@'
training='@plugin.training@'
needed=@java.version@
# The same for making a start-up cache and for using it. No perf data: it would leave a file in /tmp when the host kills
# the plugin, as it does at the end of every command. A cache that does not fit costs time only: no word about it.
# Records in flight do not fit into a smaller young generation, nor into smaller spaces for what survives in it: they would
# fill the old one, and nobody would collect it.
options='-XX:+UseSerialGC -Xms16m -XX:NewSize=8m -XX:SurvivorRatio=4 -XX:TargetSurvivorRatio=90 -Xmx@plugin.heap@
    -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData -XX:+DisplayVMOutputToStderr
    -Xlog:disable -Xlog:all=warning,aot*=off,cds*=off:stderr:level,tags --enable-native-access=ALL-UNNAMED @plugin.options@'

fail() {
    echo "$main: $1" >&2
    exit 1
}

if [ -n "$ignored" ]; then
    case ${KLOSET_LOG:-} in
        [Dd][Ee][Bb][Uu][Gg] | [Tt][Rr][Aa][Cc][Ee])
            echo "$main: ${ignored}left out: options for this Java come from KLOSET_JAVA_OPTS" >&2
            ;;
    esac
fi

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

for jar in $classpath; do
    [ -s "$home/$jar" ] || fail "the file $home/$jar is missing: install the package again"
done
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

# --- The class path ------------------------------------------------------------------------------------------------

# For each class of a start-up cache the JVM looks for the jar where it was when the cache was made, and every time in vain
# if that directory is gone, which costs about 5 ms. So the jars have a name that is the same wherever the package is: below
# a descriptor of its directory. Linux only; elsewhere, and for the cache of another name, there is the plain path.
# The plugin learns the directory, so that its own children find the jars: they do not have the descriptor.
jars=
prefix=$home
if command exec 5<"$home" && [ -s "/proc/self/fd/5/${classpath%% *}" ]; then
    prefix=/proc/self/fd/5
fi 2>/dev/null
directory=-Dkloset.directory=$home
for jar in $classpath; do
    jars=$jars:$prefix/$jar
done
jars=${jars#:}

# --- The locale ----------------------------------------------------------------------------------------------------

# Java decodes file names by the locale. The caller's may be missing, or named without being installed; both would leave
# nothing but ASCII. C.UTF-8 is nearly everywhere; where it is not seen, a caller's locale of that encoding is as good.
utf8=
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]8 | *[Uu][Tt][Ff]-8) [ -d /usr/lib/locale/C.utf8 ] || [ -d /usr/lib/locale/C.UTF-8 ] || utf8=true ;;
esac
# All categories: if any other names a locale that is not installed, none of them counts.
if [ -z "${utf8:-}" ]; then
    LC_ALL=C.UTF-8
    export LC_ALL
fi

# --- The start-up cache ---------------------------------------------------------------------------------------------

# make_cache FILE LOCATION...
make_cache() {
    file=$1
    shift
    # shellcheck disable=SC2086 # options are words
    "$java/bin/java" $options -XX:AOTMode=record "-XX:AOTConfiguration=$file.conf" "$directory" \
        -cp "$jars" "$main" train "$@" \
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

# A path as the name of a file. No program is started for it: this is on the way of every start. Not joined by %, which
# Java takes for a pattern.
flat() {
    IFS=/
    # shellcheck disable=SC2086 # split at the slashes
    set -- $1
    IFS=+
    flat="$*"
    unset IFS
}

# Whether only this user and root can change what is at PATH or will be there, for a cache is code: everything on the
# way that exists is theirs, no link, and closed to others or sticky as /tmp is. As none of that can be changed by others
# afterwards, there is no race. The one process more of a start; the shell alone sees neither modes nor root's files.
# Otherwise "fault" says what the user may want to know. Not that the base is another's: so it is for root after sudo.
# safe PATH
safe() {
    path=$1
    set --
    while [ -n "$path" ]; do
        { [ -e "$path" ] || [ -h "$path" ]; } && set -- "$path" "$@"
        path=${path%/*}
    done
    fault=
    listing=$(LC_ALL=C ls -ldn / "$@") || return 1
    # The path begins at the first slash of what is left. One with a line feed in it fits nothing here.
    while read -r mode links owner rest; do
        path=/${rest#*/}
        case $mode in
            [d-]????-??-?* | d????????[tT]*) ;;
            l*) fault="${path%% -> *} is a symbolic link" && return 1 ;;
            [d-]*) fault="others may write to $path" && return 1 ;;
            *) return 1 ;;
        esac
        [ "$owner" = 0 ] || [ -O "$path" ] && continue
        case $path in
            "$base"/*) fault="$path belongs to another user" ;;
        esac
        return 1
    done <<LISTING
$listing
LISTING
}

# Whether the cache was made from what is here now. Times are compared because the shell can do that by itself; the JVM
# looks at sizes.
fits() {
    [ -O "$entry/made-for" ] && ! [ -h "$entry/made-for" ] || return 1
    for jar in $classpath; do
        same "$home/$jar" "$entry/${jar##*/}" || return 1
    done
    same "$java/lib/modules" "$entry/modules"
}
same() {
    [ -f "$2" ] && ! [ "$1" -nt "$2" ] && ! [ "$1" -ot "$2" ]
}

# Nobody waits for this and nobody hears of it. It may be killed at any moment: what it leaves then is swept by the next.
make_entry() {
    umask 077
    mkdir -p "${entry%/*}" && pid=$(exec sh -c 'echo $PPID') && take_lock || return
    trap 'rm -rf "$entry.lock" "$entry.new.$pid"' EXIT
    trap 'exit 1' HUP INT TERM
    fits && return # another one was faster
    set +f
    rm -rf "$entry".new.* "$entry".old.*
    sweep
    set -f
    fresh=$entry.new.$pid
    mkdir "$fresh" && echo "$home" >"$fresh/made-for" || return
    for jar in $classpath; do
        touch -r "$home/$jar" "$fresh/${jar##*/}" || return
    done
    touch -r "$java/lib/modules" "$fresh/modules" || return
    # If it cannot be made the entry says so: it would fail at every start.
    # shellcheck disable=SC2086 # locations are words
    nice_cache "$fresh/plugin.aot" $training
    [ ! -d "$entry" ] || mv "$entry" "$entry.old.$pid"
    mv "$fresh" "$entry"
    rm -rf "$entry.old.$pid"
}
nice_cache() {
    renice -n 10 -p "$pid" >/dev/null 2>&1
    make_cache "$@"
}
# One at a time. A lock counts for nothing if its owner is gone, or if it is older than any training.
take_lock() {
    if ! mkdir "$entry.lock"; then
        owner=
        read -r owner <"$entry.lock/owner"
        if [ -z "$(find "$entry.lock" -prune -mmin +10)" ]; then
            [ -n "$owner" ] && ! kill -0 "$owner" || return 1
        fi
        mv "$entry.lock" "$entry.old.$pid" && rm -rf "$entry.old.$pid" && mkdir "$entry.lock" || return 1
    fi
    echo "$pid" >"$entry.lock/owner"
}
# Entries of plugins that are not installed any more.
sweep() {
    for each in "${entry%/*/*}"/*/*/made-for; do
        [ -O "${each%/*/*}" ] && ! [ -h "${each%/*/*}" ] && [ -O "$each" ] && ! [ -h "$each" ] &&
            read -r owner <"$each" && [ ! -d "$owner" ] && rm -rf "${each%/*}"
    done
}

# The cache of the package, or else one that is made at the first start on this machine, for the next ones.
cache=
if [ -s "$home/plugin.aot" ] && [ "$java" = "$home/runtime" ]; then
    cache=$home/plugin.aot
elif [ -z "${KLOSET_NO_START_CACHE:-}" ]; then
    base=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
    case $base in
        /*)
            flat "$home" && entry=$base/kloset/start/$flat
            flat "$java" && entry=$entry/$flat
            if ! safe "$entry/plugin.aot"; then
                [ -z "$fault" ] || echo "$main: no start-up cache, because $fault: set XDG_CACHE_HOME to a directory" \
                    "that is yours alone, or KLOSET_NO_START_CACHE=1" >&2
            elif fits; then
                [ ! -s "$entry/plugin.aot" ] || cache=$entry/plugin.aot
            else
                # Twice in the background: the plugin shall have no child that it does not know.
                (make_entry </dev/null >/dev/null 2>&1 &)
            fi
            ;;
    esac
fi

# --- Java -----------------------------------------------------------------------------------------------------------

terminal=false
[ -t 0 ] && terminal=true

command=${1:-}
# shellcheck disable=SC2086 # options are words
set -- $options ${cache:+"-XX:AOTCache=$cache"} -Dkloset.terminal="$terminal" "$directory" \
    ${KLOSET_JAVA_OPTS:-} -cp "$jars" "$main" "$@"

# The commands speak to a person or a tool, and end with Ctrl-C.
case $command in
    about | doctor | train | attach) exec "$java/bin/java" "$@" ;;
esac
# Ctrl-C reaches the whole terminal. The host ends us in order, or kills us; we do not end ourselves in the middle.
trap '' INT
if [ -p /dev/fd/0 ] && [ -p /dev/fd/1 ]; then
    exec "$java/bin/java" -Dkloset.pipes=3,4 "$@" 3<&0 4>&1 </dev/null 1>&2
fi
# Sockets cannot be opened by name later on: with them the plugin guards its streams itself. Of what is neither pipe nor
# socket the plugin says so, and does not get it: it may be a file that a job appends to.
other=
[ -p /dev/fd/1 ] || [ -S /dev/fd/1 ] || other='standard output'
[ -p /dev/fd/0 ] || [ -S /dev/fd/0 ] || other='standard input'
if [ -n "$other" ] && [ -d /dev/fd ]; then
    exec "$java/bin/java" "-Dkloset.refused=$other" "$@" </dev/null 1>&2
fi
exec "$java/bin/java" "$@"
