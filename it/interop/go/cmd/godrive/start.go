package main

import (
	"context"
	"fmt"

	"github.com/PlakarKorp/integration-grpc/importer"
	grpcstorage "github.com/PlakarKorp/integration-grpc/storage"
	"github.com/PlakarKorp/kloset/connectors"
)

// awaitAnswer measures from the plugin's exec to its first answer: an importer's to Init, a store's to Open after that.
func awaitAnswer(ctx context.Context, plugin plugin, arguments []string) error {
	if arguments[0] != "importer" && arguments[0] != "store" {
		return fmt.Errorf("cannot start %q: it is neither importer nor store", arguments[0])
	}
	configuration := plugin.configuration(arguments[1])
	var end func(context.Context) error
	answered := func() error {
		if arguments[0] == "store" {
			made, err := grpcstorage.NewStorage(ctx, plugin, plugin.protocol, configuration)
			if err != nil {
				return err
			}
			end = made.Close
			_, err = made.Open(ctx)
			return err
		}
		source, err := importer.NewImporter(ctx, plugin, &connectors.Options{MaxConcurrency: 1}, plugin.protocol,
			configuration)
		if err == nil {
			end = source.Close
		}
		return err
	}
	if err := plugin.measuredSince(plugin.begun, 0, func() (int64, int64, error) { return 1, 0, answered() }); err != nil {
		return fmt.Errorf("cannot start a plugin: %w", err)
	}
	return end(ctx)
}
