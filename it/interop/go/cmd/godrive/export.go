package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	grpcexporter "github.com/PlakarKorp/integration-grpc/exporter"
	"github.com/PlakarKorp/kloset/connectors"
	"github.com/PlakarKorp/kloset/connectors/exporter"
	"github.com/PlakarKorp/kloset/objects"
)

// What lies below a directory of directories and regular files.
type tree struct {
	root    string
	entries []entry
	bytes   int64
}

type entry struct {
	path string
	info fs.FileInfo
}

// exportTree restores a tree to a target; that all of it arrived is seen afterwards.
func exportTree(ctx context.Context, plugin plugin, arguments []string) error {
	wanted, err := walk(arguments[0])
	if err != nil {
		return err
	}
	target, err := grpcexporter.NewExporter(ctx, plugin, &connectors.Options{MaxConcurrency: 1}, plugin.protocol,
		plugin.configuration(arguments[1]))
	if err != nil {
		return err
	}
	err = plugin.measured(func() (int64, int64, error) {
		return int64(len(wanted.entries)), wanted.bytes, wanted.restore(ctx, target)
	})
	if err != nil {
		return err
	}
	arrived, err := walk(arguments[1])
	if err != nil {
		return err
	}
	if len(arrived.entries) != len(wanted.entries) || arrived.bytes != wanted.bytes {
		return fmt.Errorf("%d of %d entries and %d of %d bytes arrived", len(arrived.entries), len(wanted.entries),
			arrived.bytes, wanted.bytes)
	}
	return target.Close(ctx)
}

func walk(root string) (found tree, err error) {
	found.root = root
	err = filepath.WalkDir(root, func(path string, at fs.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		info, err := at.Info()
		if err == nil && info.Mode().IsRegular() {
			found.bytes += info.Size()
		}
		found.entries = append(found.entries, entry{path, info})
		return err
	})
	return found, err
}

// restore sends everything, and fails at an error among the results or if some are missing.
func (t tree) restore(ctx context.Context, target exporter.Exporter) error {
	records := make(chan *connectors.Record)
	results := make(chan *connectors.Result)
	ended := make(chan error, 1)
	go t.send(records)
	go func() { ended <- target.Export(ctx, records, results) }()
	answered := 0
	var first error
	for result := range results {
		answered++
		if result.Err != nil && first == nil {
			first = fmt.Errorf("%s: %w", result.Record.Pathname, result.Err)
		}
	}
	if err := <-ended; err != nil {
		return err
	}
	if first == nil && answered != len(t.entries) {
		first = fmt.Errorf("%d of %d records were answered", answered, len(t.entries))
	}
	return first
}

func (t tree) send(records chan<- *connectors.Record) {
	defer close(records)
	for _, entry := range t.entries {
		record := &connectors.Record{
			Pathname: entry.path[len(t.root):],
			FileInfo: objects.FileInfoFromStat(entry.info),
		}
		if entry.info.Mode().IsRegular() {
			record.Reader = connectors.NewLazyReader(func() (io.ReadCloser, error) { return os.Open(entry.path) })
		}
		records <- record
	}
}
