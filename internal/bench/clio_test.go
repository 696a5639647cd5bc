package bench_test

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// memory is a Clio that answers at once: every firm has matters of Ana Rivera in it, each of a client with the same number.
type memory struct {
	// moves is how often five in a hundred clients moved to another city, others each time.
	moves atomic.Int64
}

// everyNth client moves at a time.
const everyNth = 20

// city is where a client lives now.
func (c *memory) city(id int64) string {
	moves := c.moves.Load()
	last := moves - (moves-id%everyNth+everyNth)%everyNth // when the client moved last
	if last <= 0 {
		return "Tampa"
	}
	return "Town " + strconv.FormatInt(last, 10)
}
func (c *memory) RoundTrip(request *http.Request) (*http.Response, error) {
	write := c.writeContact
	if strings.HasSuffix(request.URL.Path, "/matters.json") {
		write = writeMatter
	}
	var body strings.Builder
	body.WriteString(`{"data":[`)
	for i, text := range request.URL.Query()["ids[]"] {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			body.WriteByte(',')
		}
		write(&body, id)
	}
	body.WriteString(`],"meta":{"paging":{}}}`)
	header := http.Header{}
	header.Set("Content-Type", "application/json; charset=utf-8")
	header.Set("X-RateLimit-Remaining", "1000000")
	header.Set("X-RateLimit-Reset", strconv.FormatInt(time.Now().Add(time.Minute).Unix(), 10))
	return &http.Response{
		StatusCode: http.StatusOK, Header: header, Request: request, Body: io.NopCloser(strings.NewReader(body.String())),
	}, nil
}

func writeMatter(to *strings.Builder, id int64) {
	fmt.Fprintf(to, `{"id":%d,"display_number":"%05d-Rivera","description":"Estate plan","status":"Open","open_date":"2025-02-03",`+
		`"client":{"id":%d,"type":"Person","name":"Ana Rivera","first_name":"Ana","last_name":"Rivera","date_of_birth":"1961-04-09"},`+
		`"responsible_attorney":{"id":31,"name":"Lee Park"},`+
		`"practice_area":{"id":7,"name":"Estate Planning","category":"wills_and_estates"}}`, id, id, id)
}

func (c *memory) writeContact(to *strings.Builder, id int64) {
	address := fmt.Sprintf(`{"id":%d,"city":"%s","province":"FL","country":"US","primary":true}`, id, c.city(id))
	fmt.Fprintf(to, `{"id":%d,"primary_address":%s,"addresses":[%s]}`, id, address, address)
}
