#!/bin/sh
# Starts a plugin. Plakar runs this file with its two pipes as standard input and output; the plugin gets them as
# descriptors 3 and 4, so that stray output cannot reach the protocol.
#
# KLOSET_JAVA_HOME        the Java to use, if the package has none
# KLOSET_JAVA_OPTS        further options for Java
# KLOSET_NO_START_CACHE   if set, make no start-up cache in the user's cache directory, and use none from there
# KLOSET_AOT_OUTPUT       with the argument "train": make a start-up cache and store it in this file
set -f # patterns are expanded only where this is switched off

# Options for every Java on the machine, such as a collector or an agent, would keep this one from starting.
ignored=${JAVA_TOOL_OPTIONS:+JAVA_TOOL_OPTIONS }${JDK_JAVA_OPTIONS:+JDK_JAVA_OPTIONS }${_JAVA_OPTIONS:+_JAVA_OPTIONS }
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS

main='@plugin.main@'
classpath='@plugin.classpath@'
training='@plugin.training@'
version='@plugin.version@'
needed=@java.version@
heap=@plugin.mebibytes@ # MiB
unpacks='@plugin.unpacks@' # whether there are libraries, which may unpack native code
interpreter='@java.interpreter@' # of the bundled Java: the loader of its C library
# These must be the same for making a start-up cache and for using it. No perf data: it would leave a file in /tmp when
# the host kills the plugin, as it does at the end of every command. No message about a cache that does not fit: that
# costs only time. Records in flight do not fit into a smaller young generation, nor into smaller survivor spaces: they
# would fill the old generation, which would not be collected.
options='-XX:+UseSerialGC -Xms16m -XX:NewSize=8m -XX:SurvivorRatio=4 -XX:TargetSurvivorRatio=90
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

# --- The C library --------------------------------------------------------------------------------------------------

# A system with another C library (Alpine's is musl) has no such loader, or only a substitute for it: gcompat's cannot run
# Java, and that of NixOS runs nothing. There the loader of the package starts Java, with the libraries beside it. That
# loader is in bin, because Java takes the parent of its program's directory for its home.
loader=
if [ -n "$java" ] && [ -n "$interpreter" ]; then
    bundled=$java/bin/${interpreter##*/}
    if [ ! -x "$interpreter" ]; then
        [ -d "$java/glibc" ] || fail "the Java of this package needs $interpreter, which neither this system nor the package has"
        loader=$bundled
    elif [ -e /lib/libgcompat.so.0 ] || [ -e /etc/NIXOS ]; then
        [ ! -d "$java/glibc" ] || loader=$bundled
    fi
fi
if [ -n "$loader" ]; then
    for file in "$loader" "$java/glibc/libc.so.6"; do
        [ -s "$file" ] || fail "the file $file is missing: install the package again"
    done
    # These name libraries that are linked with the system's C library, and a process can have only one.
    unset LD_PRELOAD LD_LIBRARY_PATH
    LOCPATH=$java/glibc/locale
    export LOCPATH
    # The helper with which Java otherwise starts programs would need the loader, too.
    options="$options -Djdk.lang.Process.launchMechanism=FORK"
fi
become_java() {
    if [ -n "$loader" ]; then
        exec "$loader" --library-path "$java/glibc" "$java/bin/java" "$@"
    fi
    exec "$java/bin/java" "$@"
}

# --- A Java of at least the needed version: the user's choice, or one that is installed -----------------------------

# Asking every Java for its version would take longer than the plugin; each has its version in a file.
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

# For each class of a start-up cache the JVM looks for the jar where it was when the cache was made. If that directory is
# gone, all these look-ups fail, which costs about 5 ms. So the jars have a name that is the same wherever the package is:
# below a descriptor of its directory. Linux only; elsewhere, and for a cache made under another name, the plain path is
# used. The plugin gets the directory as a property, so that its own children find the jars: they do not have the
# descriptor.
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

# --- The heap ------------------------------------------------------------------------------------------------------

# The kernel silently kills a process that needs more memory than its container or service may have. So the heap takes no
# more than half of that: Java itself, its threads and its code need some 40 MiB in addition.
# limit_heap DIRECTORY FILE: the limits of a group and of all groups above it
limit_heap() {
    group=$1
    while [ "$group" != /sys/fs ]; do
        limit=
        read -r limit <"$group/$2"
        case $limit in
            '' | *[!0-9]*) ;;
            *) [ $((limit / 2097152)) -ge "$heap" ] || heap=$((limit / 2097152)) ;;
        esac
        group=${group%/*}
    done
}
if [ -r /proc/self/cgroup ]; then
    while IFS=: read -r id controllers path; do
        case ,$controllers, in
            ,,) limit_heap "/sys/fs/cgroup${path%/}" memory.max ;;
            *,memory,*) limit_heap "/sys/fs/cgroup/memory${path%/}" memory.limit_in_bytes ;;
        esac
    done </proc/self/cgroup 2>/dev/null
fi
[ "$heap" -ge 16 ] || heap=16
options="-Xmx${heap}m $options"

# --- The locale ----------------------------------------------------------------------------------------------------

# Java decodes file names by the locale. The caller's may be missing, or named but not installed; in both cases only ASCII
# would work. C.UTF-8 is nearly everywhere; where it cannot be found, a caller's UTF-8 locale is as good. The C library of
# a package has only C.UTF-8.
utf8=
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]8 | *[Uu][Tt][Ff]-8) [ -d /usr/lib/locale/C.utf8 ] || [ -d /usr/lib/locale/C.UTF-8 ] || utf8=true ;;
esac
# All categories: if any of them names a locale that is not installed, none of them counts.
if [ -z "$utf8" ] || [ -n "$loader" ]; then
    LC_ALL=C.UTF-8
    export LC_ALL
fi

# --- Temporary files -----------------------------------------------------------------------------------------------

# Java itself ignores TMPDIR. Some libraries unpack native code where Java has its temporary files, and ask Java to delete it
# at its end. But hosts kill plugins, and the files would stay. So a process with libraries has a directory of its own;
# Java deletes it, and those of processes that are gone. The directory above it has a name that can be guessed, so it must be
# this user's.
temporary=
case ${TMPDIR:-} in
    /*) [ ! -d "$TMPDIR" ] || temporary=$TMPDIR ;;
esac
own=
if [ -n "$unpacks" ] && read -r id </proc/sys/kernel/random/uuid; then
    while read -r key real user rest; do
        [ "$key" != Uid: ] || break
    done </proc/self/status
    shared=${temporary:-/tmp}/kloset-$user
    [ -e "$shared" ] || mkdir -m 700 "$shared"
    if [ -O "$shared" ] && ! [ -h "$shared" ] && mkdir -m 700 "$shared/$id"; then
        temporary=$shared/$id
        own=-Dkloset.temporary=$temporary
    fi
fi 2>/dev/null

# --- The start-up cache ---------------------------------------------------------------------------------------------

# make_cache FILE LOCATION...
make_cache() {
    file=$1
    shift
    # shellcheck disable=SC2086 # options are words
    (become_java $options -XX:AOTMode=record "-XX:AOTConfiguration=$file.conf" ${temporary:+"-Djava.io.tmpdir=$temporary"} \
        ${own:+"$own"} "$directory" -cp "$jars" "$main" train "$@") \
        </dev/null >/dev/null &&
        (become_java $options -XX:AOTMode=create "-XX:AOTConfiguration=$file.conf" "-XX:AOTCache=$file.new" -cp "$jars") \
            >/dev/null 2>&1 </dev/null &&
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

# Turns a path into the name of a file, without starting a program, because every start runs this. Not joined by %, which
# Java takes for a pattern.
flat() {
    IFS=/
    # shellcheck disable=SC2086 # split at the slashes
    set -- $1
    IFS=+
    flat="$*"
    unset IFS
}

# Checks that only this user and root can change what is or will be at PATH, because a cache is code: everything that
# exists on the way belongs to them, is not a link, and is closed to others or sticky as /tmp is. Others cannot change any
# of that afterwards, so there is no race. This takes one process more for each start; the shell alone sees neither modes
# nor root's files.
# Otherwise "fault" says what the user may want to know. It does not say that the base belongs to another user: after
# sudo, root sees exactly that.
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
    # The path begins at the first slash of the rest. A path with a line feed matches nothing here.
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

# Checks that the cache was made from the files that are here now. It compares times because the shell can do that by
# itself; the JVM compares sizes.
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

# Checks that a directory can be made at PATH, by the permissions of the nearest existing one.
# writable PATH
writable() {
    path=$1
    while [ ! -e "$path/" ]; do
        path=${path%/*}
    done
    [ -w "$path/" ]
}

# The cache of the package, or else one that the first start on this machine makes for the next ones. Java makes it; this
# script has to find it before Java runs.
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
            elif writable "$entry"; then
                # In the background of a subshell: the plugin must have no child that it does not know. All output is dropped.
                # shellcheck disable=SC2086 # options, jars and locations are words
                (
                    umask 077
                    become_java $options -Xmx16m -cp "$jars" dev.kloset.sdk.cache.CacheMaker "$entry" "$home/${self##*/}" \
                        "$java/lib/modules" $classpath -- $training </dev/null >/dev/null 2>&1 &
                )
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
    ${temporary:+"-Djava.io.tmpdir=$temporary"} ${own:+"$own"} ${version:+"-Dkloset.plugin.version=$version"} \
    ${KLOSET_JAVA_OPTS:-} -cp "$jars" "$main" "$@"

# The commands are for a person or a tool, and end with Ctrl-C.
case $command in
    about | doctor | train | attach | --version) become_java "$@" ;;
esac
# Ctrl-C reaches the whole terminal. The host ends the plugin in order, or kills it; it must not end by itself half-way.
trap '' INT
if [ -p /dev/fd/0 ] && [ -p /dev/fd/1 ]; then
    become_java -Dkloset.pipes=3,4 "$@" 3<&0 4>&1 </dev/null 1>&2
fi
# Sockets cannot be opened by name later on: with them the plugin guards its streams itself. If a stream is neither a pipe
# nor a socket, the plugin reports it and does not get it: it may be a file to which a job appends.
other=
[ -p /dev/fd/1 ] || [ -S /dev/fd/1 ] || other='standard output'
[ -p /dev/fd/0 ] || [ -S /dev/fd/0 ] || other='standard input'
if [ -n "$other" ] && [ -d /dev/fd ]; then
    become_java "-Dkloset.refused=$other" "$@" </dev/null 1>&2
fi
become_java "$@"
