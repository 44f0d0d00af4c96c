// Command gostdio-exporter is upstream's exporter to standard output as a plugin of the Go SDK.
package main

import (
	"os"

	sdk "github.com/PlakarKorp/go-kloset-sdk"
	"github.com/PlakarKorp/integrations/stdio/exporter"
)

func main() {
	sdk.EntrypointExporter(os.Args, exporter.NewStdioExporter)
}
