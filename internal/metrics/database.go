package metrics

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
)

// queueTimeout bounds the question that a scrape asks the database.
const queueTimeout = 2 * time.Second

// Database is what is shown of the database at every scrape.
type Database interface {
	// Pool is the pool of connections.
	Pool() *pgxpool.Pool
	// Waiting returns how many statements and transactions wait for a connection.
	Waiting() int
	// QueueAge returns for how long the queue's oldest job has been due, of those that no worker has begun; 0 when there is none.
	QueueAge(ctx context.Context) (time.Duration, error)
}

// ObserveDatabase adds the metrics of the database. It is called at most once.
func (m *Metrics) ObserveDatabase(db Database) {
	m.registry.MustRegister(&database{db: db})
}

// database reads the metrics when they are asked for.
type database struct{ db Database }

var _ prometheus.Collector = (*database)(nil)

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(prometheus.BuildFQName(namespace, "", name), help, labels, nil)
}

var (
	queueAge       = describe("queue_oldest_due_seconds", "For how long the oldest run that no worker has begun has been due; 0 when there is none.")
	connections    = describe("db_connections", "Connections to the database, by what they do.", "state")
	waiting        = describe("db_waiting", "Statements and transactions that wait for a connection.")
	maxConnections = describe("db_connections_max", "How many connections to the database there can be.")
	acquisitions   = describe("db_acquires_total", "How often a connection was taken from the pool.")
	waits          = describe("db_acquire_waits_total", "How often that had to wait, as no connection was idle.")
	waited         = describe("db_acquire_wait_seconds_total", "For how long, altogether.")
	abandoned      = describe("db_acquires_canceled_total", "How often the wait was given up.")
)

// Describe tells which metrics there are.
func (*database) Describe(descriptions chan<- *prometheus.Desc) {
	for _, one := range []*prometheus.Desc{queueAge, connections, waiting, maxConnections, acquisitions, waits, waited, abandoned} {
		descriptions <- one
	}
}

// Collect reads them. The age of the queue is left out when the database doesn't tell it in time.
func (d *database) Collect(metrics chan<- prometheus.Metric) {
	gauge := func(what *prometheus.Desc, value float64, labels ...string) {
		metrics <- prometheus.MustNewConstMetric(what, prometheus.GaugeValue, value, labels...)
	}
	counter := func(what *prometheus.Desc, value float64) {
		metrics <- prometheus.MustNewConstMetric(what, prometheus.CounterValue, value)
	}
	pool := d.db.Pool().Stat()
	gauge(connections, float64(pool.AcquiredConns()), "in_use")
	gauge(connections, float64(pool.IdleConns()), "idle")
	gauge(connections, float64(pool.ConstructingConns()), "connecting")
	gauge(waiting, float64(d.db.Waiting()))
	gauge(maxConnections, float64(pool.MaxConns()))
	counter(acquisitions, float64(pool.AcquireCount()))
	counter(waits, float64(pool.EmptyAcquireCount()))
	counter(waited, pool.EmptyAcquireWaitTime().Seconds())
	counter(abandoned, float64(pool.CanceledAcquireCount()))

	ctx, cancel := context.WithTimeout(context.Background(), queueTimeout)
	defer cancel()
	age, err := d.db.QueueAge(ctx)
	if err != nil {
		metrics <- prometheus.NewInvalidMetric(queueAge, err)
		return
	}
	gauge(queueAge, age.Seconds())
}
