// Command gostdio-importer is upstream's importer of standard input as a plugin of the Go SDK.
package main

import (
	"os"

	sdk "github.com/PlakarKorp/go-kloset-sdk"
	"github.com/PlakarKorp/integrations/stdio/importer"
)

func main() {
	sdk.EntrypointImporter(os.Args, importer.NewStdioImporter)
}
