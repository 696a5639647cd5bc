package main_test

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"watchkeeper/internal/config"
)

// composeFile is what compose.yaml says, as far as it is checked here.
type composeFile struct {
	Services map[string]struct {
		Image     string
		DependsOn map[string]struct{ Condition string } `yaml:"depends_on"`
		// Environment has text values alone.
		Environment map[string]string
		Secrets     []string
		Volumes     []string
		Healthcheck struct{ Test []string }
	}
	Volumes map[string]any
	Secrets map[string]struct{ File string }
}

func TestCompose(t *testing.T) {
	content := readFile(t, "compose.yaml")
	var compose composeFile
	require.NoError(t, yaml.Unmarshal([]byte(content), &compose))

	for name, service := range compose.Services {
		require.Regexp(t, hostless, service.Image)
		require.NotEmpty(t, service.Healthcheck.Test, name)
		for needed, how := range service.DependsOn {
			require.Contains(t, compose.Services, needed)
			require.Equal(t, "service_healthy", how.Condition)
		}
		for variable, value := range service.Environment {
			file, isFile := strings.CutPrefix(value, "/run/secrets/")
			require.Equal(t, strings.HasSuffix(variable, "_FILE"), isFile, variable)
			require.False(t, isFile && !slices.Contains(service.Secrets, file), "%s has no secret %s", name, file)
			require.NotContains(t, variable, "PASSWORD=")
		}
		for _, secret := range service.Secrets {
			require.Equal(t, "./secrets/"+secret, compose.Secrets[secret].File)
		}
		for _, volume := range service.Volumes {
			volume, _, _ = strings.Cut(volume, ":")
			require.Contains(t, compose.Volumes, volume)
		}
	}

	known := settingNames()
	server := compose.Services["watchkeeper"]
	require.Subset(t, known, slices.Collect(maps.Keys(server.Environment)))
	require.Equal(t, append([]string{"CMD"}, only(t, dockerfile(t)[1], "HEALTHCHECK")[1:]...), server.Healthcheck.Test)
	for _, asked := range regexp.MustCompile(`\$\{(\w+)`).FindAllStringSubmatch(content, -1) {
		require.Contains(t, append(known, "VERSION", "COMMIT"), asked[1])
	}
}

// settingNames are the variables that the server reads.
func settingNames() (names []string) {
	settings := reflect.TypeFor[config.Settings]()
	for i := range settings.NumField() {
		names = append(names, settings.Field(i).Tag.Get("env"))
	}
	return names
}
