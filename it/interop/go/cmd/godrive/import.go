package main

import (
	"context"
	"io"
	"sync"
	"sync/atomic"

	"github.com/PlakarKorp/integration-grpc/importer"
	"github.com/PlakarKorp/kloset/connectors"
)

// importTree imports a directory; so many contents are read at a time (0: none).
func importTree(ctx context.Context, plugin plugin, arguments []string) error {
	readers := number(arguments[1])
	options := &connectors.Options{MaxConcurrency: max(readers, 1)}
	source, err := importer.NewImporter(ctx, plugin, options, plugin.protocol, plugin.configuration(arguments[0]))
	if err != nil {
		return err
	}
	if err := plugin.measured(func() (int64, int64, error) { return run(ctx, source, readers) }); err != nil {
		return err
	}
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
