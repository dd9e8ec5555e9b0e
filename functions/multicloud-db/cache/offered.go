package cache

// DefaultEviction is the eviction policy of a new cache whose claim says none.
const DefaultEviction = evictOldest
