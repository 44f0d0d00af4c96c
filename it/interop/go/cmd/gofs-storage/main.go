// Command gofs-storage is upstream's file system storage as a plugin of the Go SDK.
package main

import (
	"os"

	sdk "github.com/PlakarKorp/go-kloset-sdk"
	"github.com/PlakarKorp/integrations/fs/storage"
)

func main() {
	sdk.EntrypointStorage(os.Args, storage.NewStore)
}
