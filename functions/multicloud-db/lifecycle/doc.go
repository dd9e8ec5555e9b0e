// Package lifecycle is what every type of resource has in common from its first
// claim to its deletion: which fields may change, what stays when settings, record
// and cloud disagree, and how a resource that was there before is taken over. It
// knows no type.
package lifecycle
