package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand"
	"sync"
	"sync/atomic"

	grpcstorage "github.com/PlakarKorp/integration-grpc/storage"
	"github.com/PlakarKorp/kloset/connectors/storage"
	"github.com/PlakarKorp/kloset/objects"
)

const (
	packfileBytes   = 64 << 20
	stateBytes      = 1000
	packfilesAtOnce = 2
	parallel        = 64
	seed            = 20261125
)

type store struct {
	context.Context
	storage.Store
}

// useStore makes a store and does with it what the benchmarks' StoreJob does, in its order.
func useStore(ctx context.Context, plugin plugin, arguments []string) error {
	packfiles, reads, states := number(arguments[1]), number(arguments[2]), number(arguments[3])
	made, err := grpcstorage.NewStorage(ctx, plugin, plugin.protocol, plugin.configuration(arguments[0]))
	if err != nil {
		return err
	}
	if err := made.Create(ctx, []byte("configuration")); err != nil {
		return err
	}
	s := store{ctx, made}
	for _, step := range []func() (int64, int64, error){
		func() (int64, int64, error) {
			return s.put(storage.StorageResourcePackfile, packfiles, packfileBytes, packfilesAtOnce)
		},
		func() (int64, int64, error) { return s.get(packfiles) },
		func() (int64, int64, error) { return s.ranges(packfiles, reads) },
		func() (int64, int64, error) { return s.put(storage.StorageResourceState, states, stateBytes, parallel) },
		func() (int64, int64, error) { return s.list(states) },
		func() (int64, int64, error) { return s.delete(states) },
	} {
		if err := plugin.measured(step); err != nil {
			return err
		}
	}
	return made.Close(ctx)
}

func (s store) put(resource storage.StorageResource, count, size, atOnce int) (int64, int64, error) {
	content := make([]byte, size)
	rand.New(rand.NewSource(seed)).Read(content)
	return expect(int64(count) * int64(size))(atOnceDo(count, atOnce, func(i int) (int64, error) {
		return s.Put(s, resource, mac(i), bytes.NewReader(content))
	}))
}

func (s store) get(count int) (int64, int64, error) {
	return expect(int64(count) * packfileBytes)(atOnceDo(count, packfilesAtOnce, func(i int) (int64, error) {
		return s.drain(i, nil)
	}))
}

// ranges of 64 KiB to 4 MiB.
func (s store) ranges(packfiles, reads int) (int64, int64, error) {
	return atOnceDo(reads, parallel, func(i int) (int64, error) {
		random := rand.New(rand.NewSource(seed + int64(i)))
		length := 1 << (16 + random.Intn(7))
		part := storage.Range{Offset: uint64(random.Intn(packfileBytes - length)), Length: uint32(length)}
		read, err := s.drain(i%packfiles, &part)
		if err == nil && read != int64(length) {
			err = fmt.Errorf("%d of the %d bytes of a range arrived", read, length)
		}
		return read, err
	})
}

func (s store) drain(i int, part *storage.Range) (int64, error) {
	content, err := s.Get(s, storage.StorageResourcePackfile, mac(i), part)
	if err != nil {
		return 0, err
	}
	defer content.Close()
	return io.Copy(io.Discard, content)
}

func (s store) list(count int) (int64, int64, error) {
	found, err := s.List(s, storage.StorageResourceState)
	if err == nil && len(found) != count {
		err = fmt.Errorf("the store lists %d of %d objects", len(found), count)
	}
	return int64(count), 0, err
}

func (s store) delete(count int) (int64, int64, error) {
	return atOnceDo(count, parallel, func(i int) (int64, error) {
		return 0, s.Delete(s, storage.StorageResourceState, mac(i))
	})
}

// mac has a first byte that is spread as those of real objects are.
func mac(i int) (made objects.MAC) {
	rand.New(rand.NewSource(int64(i))).Read(made[:])
	binary.BigEndian.PutUint32(made[len(made)-4:], uint32(i))
	return made
}

// expect makes it a failure that fewer or more bytes moved.
func expect(wanted int64) func(int64, int64, error) (int64, int64, error) {
	return func(count, moved int64, err error) (int64, int64, error) {
		if err == nil && moved != wanted {
			err = fmt.Errorf("%d bytes moved, not %d", moved, wanted)
		}
		return count, moved, err
	}
}

// atOnceDo does it for 0 to count - 1 and adds up the bytes. The first failure is returned when all have ended.
func atOnceDo(count, atOnce int, do func(int) (int64, error)) (int64, int64, error) {
	var next, moved atomic.Int64
	var failure atomic.Pointer[error]
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(count); i = next.Add(1) - 1 {
				read, err := do(int(i))
				moved.Add(read)
				if err != nil {
					failure.CompareAndSwap(nil, &err)
				}
			}
		})
	}
	all.Wait()
	if first := failure.Load(); first != nil {
		return 0, 0, *first
	}
	return int64(count), moved.Load(), nil
}
