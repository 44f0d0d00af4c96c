// Command godrive imports from a plugin with upstream's own host side, and says what it took. Arguments: the protocol, the
// directory, how many contents are read at a time (0: none), the plugin and its arguments. One line is printed: records,
// bytes, seconds, processor seconds of the plugin, its peak and its last resident memory in MiB.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/PlakarKorp/integration-grpc/importer"
	"github.com/PlakarKorp/kloset/connectors"
	"github.com/PlakarKorp/plakar/plugins"
	"golang.org/x/sys/unix"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

func main() {
	if len(os.Args) < 5 {
		log.Fatal("usage: godrive PROTOCOL DIRECTORY READERS PLUGIN [ARGUMENT...]")
	}
	readers, err := strconv.Atoi(os.Args[3])
	must(err)
	plugin, connection := start(os.Args[4], os.Args[5:])
	if err := drive(connection, os.Args[1], os.Args[2], readers, plugin.Process.Pid); err != nil {
		log.Fatal(err)
	}
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

func drive(connection net.Conn, protocol, directory string, readers, pid int) error {
	defer connection.Close()
	client, err := grpc.NewClient("passthrough:plugin", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(context.Context, string) (net.Conn, error) { return connection, nil }))
	if err != nil {
		return err
	}
	defer client.Close()
	ctx := context.Background()
	options := &connectors.Options{MaxConcurrency: max(readers, 1)}
	source, err := importer.NewImporter(ctx, client, options, protocol,
		map[string]string{"location": protocol + "://" + directory})
	if err != nil {
		return err
	}
	before, begun := processorSeconds(pid), time.Now()
	count, bytes, err := run(ctx, source, readers)
	if err != nil {
		return err
	}
	peak, resident := memory(pid)
	fmt.Println(count, bytes, time.Since(begun).Seconds(), processorSeconds(pid)-before, peak, resident)
	return source.Close(ctx)
}

type imports interface {
	Import(context.Context, chan<- *connectors.Record, <-chan *connectors.Result) error
}

// run takes records as the host does: some workers, each of which reads a content to its end and then answers.
func run(ctx context.Context, source imports, readers int) (count, bytes int64, err error) {
	workers := max(readers, 1)
	records := make(chan *connectors.Record, workers)
	results := make(chan *connectors.Result, workers)
	var failure atomic.Pointer[error]
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for record := range records {
				atomic.AddInt64(&count, 1)
				if readers > 0 && record.Reader != nil && record.FileInfo.Mode().IsRegular() {
					read, err := io.Copy(io.Discard, record.Reader)
					atomic.AddInt64(&bytes, read)
					if err != nil {
						failure.CompareAndSwap(nil, &err)
					}
				}
				results <- record.Ok()
			}
		})
	}
	go func() {
		all.Wait()
		close(results)
	}()
	err = source.Import(ctx, records, results)
	if first := failure.Load(); err == nil && first != nil {
		err = *first
	}
	return count, bytes, err
}

// processorSeconds of a living process, threads that have ended included: clock_getcpuclockid(3).
func processorSeconds(pid int) float64 {
	var used unix.Timespec
	must(unix.ClockGettime(int32(^pid<<3|2), &used))
	return float64(used.Nano()) / 1e9
}

func memory(pid int) (peak, resident float64) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
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

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
