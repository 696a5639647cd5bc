package sandbox

// Fault names one way to fail.
type Fault string

// The faults. What each does is in AllFaults.
const (
	TokenExpired            Fault = "token_expired"
	TokenGarbled            Fault = "token_garbled"
	InvalidFields           Fault = "invalid_fields"
	Forbidden               Fault = "forbidden"
	NotFound                Fault = "not_found"
	Gone                    Fault = "gone"
	RateLimited             Fault = "rate_limited"
	RateLimitedNoRetryAfter Fault = "rate_limited_no_retry_after"
	RateLimitedBare         Fault = "rate_limited_bare"
	RateLimitedWrapped      Fault = "rate_limited_wrapped"
	ServerError             Fault = "server_error"
	BadGateway              Fault = "bad_gateway"
	Unavailable             Fault = "unavailable"
	UnavailableEmpty        Fault = "unavailable_empty"
	Hang                    Fault = "hang"
	ConnectionReset         Fault = "connection_reset"
	Slow                    Fault = "slow"
	TruncatedJSON           Fault = "truncated_json"
	WrongShape              Fault = "wrong_shape"
	OffHostNext             Fault = "off_host_next"
	LimitRefused            Fault = "limit_refused"
	IDsDropped              Fault = "ids_dropped"
	ClientNull              Fault = "client_null"
	ClientIDOnly            Fault = "client_id_only"
	AttorneyNameless        Fault = "attorney_nameless"
	RefreshRefused          Fault = "refresh_refused"
	RefreshUnauthorized     Fault = "refresh_unauthorized"
	RefreshRotated          Fault = "refresh_rotated"
	TokenShortLived         Fault = "token_short_lived"
	TokenUnavailable        Fault = "token_unavailable"
)

// FaultInfo describes a fault.
type FaultInfo struct {
	Fault Fault `json:"fault"`
	// About is one sentence.
	About string `json:"about"`
	// Path is the prefix of the paths that a switch without one concerns.
	Path string `json:"path"`
	// ends tells that the fault is an answer in itself: a request meets at most one of these.
	ends bool
}

const (
	matterPath  = apiPrefix + "matters"
	tokenPath   = "/oauth/token"
	refreshPath = tokenPath + "?grant_type=refresh_token"
)

// faultInfos are the faults in the order in which they are listed.
var faultInfos = []FaultInfo{
	{TokenExpired, "401 with a text as error: the access token is expired, revoked or unknown.", apiPrefix, true},
	{TokenGarbled, "401 with an object as error: there is no Authorization header that can be read.", apiPrefix, true},
	{InvalidFields, "400: a field that was asked for is not valid.", apiPrefix, true},
	{Forbidden, "403: the application or the user may not see this.", apiPrefix, true},
	{NotFound, "404: there is no such record or path.", apiPrefix, true},
	{Gone, "410: the version of the API is no longer served.", apiPrefix, true},
	{RateLimited, "429 with Retry-After: the number of seconds, or else to the end of the window.", apiPrefix, true},
	{RateLimitedNoRetryAfter, "429 without Retry-After, though X-RateLimit-Reset is there.", apiPrefix, true},
	{RateLimitedBare, "429 with no header that tells how long to wait.", apiPrefix, true},
	{RateLimitedWrapped, "429 with Retry-After and a body that is wrapped in base64.", apiPrefix, true},
	{ServerError, "500 with a page of HTML.", apiPrefix, true},
	{BadGateway, "502 with a page of HTML.", apiPrefix, true},
	{Unavailable, "503 with a page of HTML.", apiPrefix, true},
	{UnavailableEmpty, "503 with nothing in it.", apiPrefix, true},
	{Hang, "No answer until the caller goes away.", apiPrefix, true},
	{ConnectionReset, "The connection is reset without an answer; Go's client tries once more on a connection that it had kept.", apiPrefix, true},
	{Slow, "The answer takes the number of seconds longer, or else five.", apiPrefix, false},
	{TruncatedJSON, "200 with whole headers and half of the content.", apiPrefix, false},
	{WrongShape, "200 with JSON of another shape.", apiPrefix, false},
	{OffHostNext, "The next page is said to be on another host.", apiPrefix, false},
	{LimitRefused, "A limit of more than 200 is refused with 422 instead of read as 200.", apiPrefix, false},
	{IDsDropped, "A list by ids[] leaves out the ids, or else all.", apiPrefix, false},
	{ClientNull, "The ids, or else all matters, have null for a client.", matterPath, false},
	{ClientIDOnly, "The ids, or else all matters, have a client with nothing but its id.", matterPath, false},
	{AttorneyNameless, "The ids, or else all matters, have a responsible attorney without a name.", matterPath, false},
	{RefreshRefused, "A refresh is refused: 400 invalid_grant.", refreshPath, true},
	{RefreshUnauthorized, "A refresh is refused: 401 invalid_grant.", refreshPath, true},
	{RefreshRotated, "A refresh brings a new refresh token, and the old one ends.", refreshPath, false},
	{TokenShortLived, "The access token lasts the number of seconds, or else sixty.", tokenPath, false},
	{TokenUnavailable, "The token endpoint answers 503 with a page of HTML.", tokenPath, true},
}

// AllFaults returns every fault with a sentence about it.
func AllFaults() []FaultInfo {
	return append([]FaultInfo(nil), faultInfos...)
}

// infoOf describes a fault; false when there is none of that name.
func infoOf(fault Fault) (FaultInfo, bool) {
	for _, info := range faultInfos {
		if info.Fault == fault {
			return info, true
		}
	}
	return FaultInfo{}, false
}
