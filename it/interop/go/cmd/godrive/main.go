// Command godrive drives a plugin with upstream's own host side, and says what it took. The sub-commands say what their
// first arguments are; the plugin and its arguments follow. One line is printed for each piece of work: records or
// objects, bytes, seconds, processor seconds of the plugin, its peak and its last resident memory in MiB.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/PlakarKorp/plakar/plugins"
	"golang.org/x/sys/unix"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// A plugin that runs, and the connection to it.
type plugin struct {
	*grpc.ClientConn
	pid      int
	protocol string
	begun    time.Time // right before it was executed
}

// Something that is done with a plugin, given its own arguments.
type work struct {
	arguments string
	do        func(context.Context, plugin, []string) error
}

var works = map[string]work{
	"import": {"DIRECTORY READERS", importTree},
	"export": {"TREE TARGET", exportTree},
	"store":  {"DIRECTORY PACKFILES READS STATES", useStore},
	"start":  {"importer|store DIRECTORY", awaitAnswer},
}

func main() {
	if len(os.Args) < 2 || works[os.Args[1]].do == nil {
		log.Fatal("usage: godrive import|export|store|start PROTOCOL ...")
	}
	work := works[os.Args[1]]
	own := len(strings.Fields(work.arguments))
	if len(os.Args) < 4+own {
		log.Fatalf("usage: godrive %s PROTOCOL %s PLUGIN [ARGUMENT...]", os.Args[1], work.arguments)
	}
	begun := time.Now()
	process, connection := start(os.Args[3+own], os.Args[4+own:])
	defer connection.Close()
	client, err := grpc.NewClient("passthrough:plugin", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(context.Context, string) (net.Conn, error) { return connection, nil }))
	must(err)
	defer client.Close()
	must(work.do(context.Background(), plugin{client, process.Process.Pid, os.Args[2], begun}, os.Args[3:3+own]))
}

func start(program string, arguments []string) (*exec.Cmd, net.Conn) {
	command := exec.Command(program, arguments...)
	command.Stderr = os.Stderr
	toPlugin, err := command.StdinPipe()
	must(err)
	fromPlugin, err := command.StdoutPipe()
	must(err)
	must(command.Start())
	return command, plugins.NewStdioConn(fromPlugin.(*os.File), toPlugin.(*os.File), command)
}

func (p plugin) configuration(directory string) map[string]string {
	return map[string]string{"location": p.protocol + "://" + directory}
}

// measured prints what something took, unless it fails.
func (p plugin) measured(do func() (count, bytes int64, err error)) error {
	return p.measuredSince(time.Now(), p.processorSeconds(), do)
}

func (p plugin) measuredSince(begun time.Time, before float64, do func() (count, bytes int64, err error)) error {
	count, bytes, err := do()
	if err != nil {
		return err
	}
	seconds, processor := time.Since(begun).Seconds(), p.processorSeconds()-before
	peak, resident := p.memory()
	fmt.Println(count, bytes, seconds, processor, peak, resident)
	return nil
}

// processorSeconds of a living process, threads that have ended included: clock_getcpuclockid(3).
func (p plugin) processorSeconds() float64 {
	var used unix.Timespec
	must(unix.ClockGettime(int32(^p.pid<<3|2), &used))
	return float64(used.Nano()) / 1e9
}

func (p plugin) memory() (peak, resident float64) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.pid))
	must(err)
	for line := range strings.Lines(string(status)) {
		var kilobytes float64
		if rest, found := strings.CutPrefix(line, "VmHWM:"); found {
			fmt.Sscan(rest, &kilobytes)
			peak = kilobytes / 1024
		} else if rest, found := strings.CutPrefix(line, "VmRSS:"); found {
			fmt.Sscan(rest, &kilobytes)
			resident = kilobytes / 1024
		}
	}
	return peak, resident
}

func number(argument string) int {
	value, err := strconv.Atoi(argument)
	must(err)
	return value
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
