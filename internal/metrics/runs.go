package metrics

import (
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"watchkeeper/internal/syncer"
)

var _ syncer.Observer = (*Metrics)(nil)

// runs are the metrics of syncs.
type runs struct {
	ended     *prometheus.CounterVec
	duration  *prometheus.HistogramVec
	waits     *prometheus.HistogramVec
	results   *prometheus.CounterVec
	decisions *prometheus.CounterVec
}

func newRuns() runs {
	const minute, hour = 60, 3600
	return runs{
		ended: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: namespace, Name: "runs_total", Help: "Runs that this server ended, by their last status.",
		}, []string{"trigger", "scope", "dry_run", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: namespace, Name: "run_duration_seconds", Help: "Time from a run's start by a person, a schedule or a login to its end.",
			Buckets: []float64{0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, minute, 5 * minute, 15 * minute, hour, 2 * hour},
		}, []string{"trigger", "scope"}),
		waits: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: namespace, Name: "run_wait_seconds", Help: "For how long a run was told to wait for Clio, each time.",
			Buckets: []float64{1, 5, 15, 30, minute, 2 * minute, 5 * minute, 15 * minute},
		}, []string{"reason"}),
		results: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: namespace, Name: "watch_results_total", Help: "Watches that runs looked at, by outcome.",
		}, []string{"outcome", "dry_run"}),
		decisions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: namespace, Name: "field_decisions_total", Help: "Fields of watches that runs compared with Clio, by decision.",
		}, []string{"decision", "dry_run"}),
	}
}

func (r runs) collectors() []prometheus.Collector {
	return []prometheus.Collector{r.ended, r.duration, r.waits, r.results, r.decisions}
}

// RunEnded counts a run and what it decided.
func (r runs) RunEnded(run *syncer.SyncRun, results []*syncer.WatchSyncResult) {
	trigger, scope, dry := label(run.Trigger), label(run.Scope), strconv.FormatBool(run.DryRun)
	r.ended.WithLabelValues(trigger, scope, dry, label(run.Status)).Inc()
	if run.FinishedAt != nil {
		r.duration.WithLabelValues(trigger, scope).Observe(run.FinishedAt.Sub(run.CreatedAt).Seconds())
	}
	for _, result := range results {
		r.results.WithLabelValues(label(result.Outcome), dry).Inc()
		for _, field := range result.Fields {
			r.decisions.WithLabelValues(label(field.Decision), dry).Inc()
		}
	}
}

// RunWaits records for how long a run waits, and why.
func (r runs) RunWaits(duration time.Duration, reason syncer.WaitReason) {
	r.waits.WithLabelValues(label(reason)).Observe(duration.Seconds())
}

// label is how a name of the API's is written in a label.
func label[T ~string](name T) string {
	return strings.ToLower(string(name))
}
