package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"watchkeeper/internal/clio"
	"watchkeeper/internal/config"
	"watchkeeper/internal/postgres"
)

// keysCommand is `keys` (docs/running.md#keys).
type keysCommand struct {
	List   keysListCommand   `cmd:"" help:"List the keys by their hashes, and how many tokens are encrypted with each. Changes nothing."`
	Rotate keysRotateCommand `cmd:"" help:"Add a new key to the key file, and encrypt all tokens with it."`
	Reseal keysResealCommand `cmd:"" help:"Encrypt all tokens with the newest key."`
	Prune  keysPruneCommand  `cmd:"" help:"Drop the keys that no token is encrypted with from the key file. The newest stays."`
}

var errNoKeyFile = errors.New("there is no key file to change: the keys come from ENCRYPTION_KEYS (docs/running.md#keys)")

type keysListCommand struct {
	config.Settings
}

// Run lists the keys.
func (c keysListCommand) Run(ctx context.Context) error {
	return onTokenKeys(ctx, c.Settings, func(k tokenKeys) error { return k.list(ctx) })
}

type keysRotateCommand struct {
	config.Settings
}

// Run adds a key and seals all tokens with it. Servers find it in the file as soon as they meet a token that is sealed with it, so
// the key is there before the first such token is.
func (c keysRotateCommand) Run(ctx context.Context) error {
	return onTokenKeys(ctx, c.Settings, func(k tokenKeys) error {
		if k.file == "" {
			return errNoKeyFile
		}
		if err := k.tokens.Check(ctx); err != nil {
			return err
		}
		if err := k.file.Add(); err != nil {
			return fmt.Errorf("no key was added (docs/running.md#keys has a way where a command can't change the file): %w", err)
		}
		next, err := k.again()
		if err != nil {
			return err
		}
		fmt.Printf("Added the key %s to %s. Back that file up.\n", clio.KeyIDOf(next.keys[0]), k.file)
		return next.reseal(ctx)
	})
}

type keysResealCommand struct {
	config.Settings
}

// Run seals all tokens with the newest key.
func (c keysResealCommand) Run(ctx context.Context) error {
	return onTokenKeys(ctx, c.Settings, func(k tokenKeys) error {
		if err := k.tokens.Check(ctx); err != nil {
			return err
		}
		return k.reseal(ctx)
	})
}

// pruneAfter is how old the newest key has to be before others are dropped: a server that had not noticed it yet may still have been
// about to store a token, which takes it seconds.
const pruneAfter = time.Minute

type keysPruneCommand struct {
	config.Settings
}

// Run drops the keys that nothing is sealed with.
func (c keysPruneCommand) Run(ctx context.Context) error {
	return onTokenKeys(ctx, c.Settings, func(k tokenKeys) error {
		if k.file == "" {
			return errNoKeyFile
		}
		changedAt, err := k.file.ChangedAt()
		if err != nil {
			return err
		}
		if wait := time.Until(changedAt.Add(pruneAfter)); wait > 0 {
			return fmt.Errorf("the keys were changed less than %s ago, and servers may still be about to use an older one: try again in %s",
				pruneAfter, wait.Round(time.Second))
		}
		uses, err := k.tokens.Uses(ctx)
		if err != nil {
			return err
		}
		if err := k.file.Keep(func(key []byte) bool { return uses[clio.KeyIDOf(key)] > 0 }); err != nil {
			return err
		}
		next, err := k.again()
		if err != nil {
			return err
		}
		fmt.Printf("Dropped %s from %s.\n", count(len(k.keys)-len(next.keys), "key"), k.file)
		return nil
	})
}

// tokenKeys are the keys as the settings have them, and the tokens that are sealed with them.
type tokenKeys struct {
	file   config.KeyFile // empty: there is none
	keys   config.Keys
	db     *postgres.DB
	tokens *clio.TokenKeys
}

// onTokenKeys opens the database that the settings name for one piece of work on its tokens.
func onTokenKeys(ctx context.Context, settings config.Settings, work func(tokenKeys) error) error {
	resolved, log, err := resolve(settings)
	if err != nil {
		return err
	}
	k := tokenKeys{file: resolved.KeyFile(), keys: resolved.EncryptionKeys}
	if k.file != "" { // first of all: without keys there is no database either, and none shall be made
		if k.keys, err = k.file.Read(); err != nil {
			return err
		}
	}
	return onResolved(ctx, resolved, log, func(d *database) error {
		k.db = d.DB
		k, err := k.again()
		if err != nil {
			return err
		}
		return work(k)
	})
}

// again returns the keys as they are in the file now.
func (k tokenKeys) again() (tokenKeys, error) {
	var err error
	if k.file != "" {
		if k.keys, err = k.file.Read(); err != nil {
			return k, err
		}
	}
	ring, err := clio.NewKeyring(k.keys)
	if err != nil {
		return k, err
	}
	k.tokens = clio.NewTokenKeys(postgres.NewClio(k.db), ring)
	return k, nil
}

// list prints each key's hash and the number of tokens that are sealed with it; also for keys that only tokens know of.
func (k tokenKeys) list(ctx context.Context) error {
	uses, err := k.tokens.Uses(ctx)
	if err != nil {
		return err
	}
	for i, key := range k.keys {
		id := clio.KeyIDOf(key)
		remark := ""
		if i == 0 {
			remark = ", the newest"
		}
		fmt.Printf("%s  %s%s\n", id, count(uses[id], "token"), remark)
		delete(uses, id)
	}
	for id, tokens := range uses {
		fmt.Printf("%s  %s, MISSING: without this key they can't be decrypted\n", id, count(tokens, "token"))
	}
	return nil
}

// reseal seals all tokens with the newest key, and says what may be done with the others.
func (k tokenKeys) reseal(ctx context.Context) error {
	resealed, err := k.tokens.Reseal(ctx)
	if err != nil {
		return fmt.Errorf("%s encrypted anew, then (`keys reseal` continues): %w", count(resealed, "token"), err)
	}
	fmt.Printf("Encrypted %s anew with the newest key.\n", count(resealed, "token"))
	if len(k.keys) > 1 {
		fmt.Printf("No server needs the older keys after %s: `watchkeeper keys prune` drops them from the file.\n"+
			"Keep them with the backups of the database from before.\n", pruneAfter)
	}
	return nil
}

// count is a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
