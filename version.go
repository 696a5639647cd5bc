package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version and commit name the build. A build without Git, as of a container image, sets them:
//
//	go build -ldflags "-X main.version=v1.2.3 -X main.commit=0123abc"
//
// Otherwise they are what the Go toolchain has noted in the program.
var version, commit string

// versionText is what --version prints.
func versionText() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return describeBuild(version, commit, info)
}

// describeBuild describes a build by what was set, or else by what the toolchain noted.
func describeBuild(version, commit string, info *debug.BuildInfo) string {
	noted := map[string]string{}
	for _, setting := range info.Settings {
		noted[setting.Key] = setting.Value
	}
	if version == "" {
		version = info.Main.Version
	}
	if version == "" || version == "(devel)" {
		version = "development version"
	}
	if commit == "" && noted["vcs.revision"] != "" {
		commit = noted["vcs.revision"]
		if noted["vcs.modified"] == "true" {
			commit += ", modified"
		}
	}
	if commit == "" {
		commit = "unknown"
	}
	return fmt.Sprintf("watchkeeper %s (commit %s; %s %s/%s)", version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
