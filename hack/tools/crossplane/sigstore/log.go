package main

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/cyberphone/json-canonicalization/go/src/webpki.org/jsoncanonicalizer"
	"github.com/go-openapi/runtime"
	"github.com/sigstore/cosign/v3/pkg/cosign"
	"github.com/sigstore/cosign/v3/pkg/cosign/bundle"
	"github.com/sigstore/rekor/pkg/generated/models"
	"github.com/sigstore/rekor/pkg/types"
)

// A log answers to a new entry as Rekor does (POST /api/v1/log/entries of its openapi.yaml),
// with a receipt that its key signed.
type log struct {
	key   *ecdsa.PrivateKey
	count atomic.Int64
}

func (l *log) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.URL.Path != "/api/v1/log/entries" {
		http.Error(w, "no such thing here", http.StatusNotFound)
		return
	}
	proposed, err := models.UnmarshalProposedEntry(r.Body, runtime.JSONConsumer())
	if err == nil {
		err = l.enter(w, r, proposed)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}

func (l *log) enter(w http.ResponseWriter, r *http.Request, proposed models.ProposedEntry) error {
	entry, err := types.CreateVersionedEntry(proposed)
	if err != nil {
		return fmt.Errorf("cannot read the entry: %w", err)
	}
	canonical, err := types.CanonicalizeEntry(r.Context(), entry)
	if err != nil {
		return fmt.Errorf("cannot write the entry: %w", err)
	}
	id, err := cosign.GetTransparencyLogID(&l.key.PublicKey)
	if err != nil {
		return err
	}
	payload := bundle.RekorPayload{
		Body: base64.StdEncoding.EncodeToString(canonical), IntegratedTime: time.Now().Unix(), LogIndex: l.count.Add(1), LogID: id,
	}
	receipt, err := l.sign(payload)
	if err != nil {
		return err
	}
	uuid := sha256.Sum256(canonical)
	name := hex.EncodeToString(uuid[:])
	w.Header().Set("Location", "/api/v1/log/entries/"+name)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	return json.NewEncoder(w).Encode(map[string]any{name: map[string]any{
		"body": payload.Body, "integratedTime": payload.IntegratedTime, "logIndex": payload.LogIndex, "logID": payload.LogID,
		"verification": map[string]any{"signedEntryTimestamp": receipt},
	}})
}

// sign signs an entry as Rekor does: JSON in its canonical form.
func (l *log) sign(payload bundle.RekorPayload) ([]byte, error) {
	raw, err := json.Marshal(payload)
	if err != nil {
		return nil, fmt.Errorf("cannot write the entry: %w", err)
	}
	canonical, err := jsoncanonicalizer.Transform(raw)
	if err != nil {
		return nil, fmt.Errorf("cannot write the entry: %w", err)
	}
	sum := sha256.Sum256(canonical)
	return ecdsa.SignASN1(rand.Reader, l.key, sum[:])
}
