// Command gofs-importer is upstream's file system importer as a plugin of the Go SDK.
package main

import (
	"os"

	sdk "github.com/PlakarKorp/go-kloset-sdk"
	"github.com/PlakarKorp/integrations/fs/importer"
)

func main() {
	sdk.EntrypointImporter(os.Args, importer.NewFSImporter)
}
