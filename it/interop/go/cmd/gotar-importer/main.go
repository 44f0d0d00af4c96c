// Command gotar-importer is upstream's tar importer as a plugin of the Go SDK.
package main

import (
	"os"

	sdk "github.com/PlakarKorp/go-kloset-sdk"
	"github.com/PlakarKorp/integrations/tar/importer"
)

func main() {
	sdk.EntrypointImporter(os.Args, importer.NewTarImporter)
}
