package object

import (
	"fmt"
	"strings"
)

// Nearest returns the word that a misspelt one stands for most likely, or "" where
// none is near. Case counts for nothing.
func Nearest(word string, words []string) string {
	nearest, least := "", max(1, len(word)/3)+1 //nolint:mnd // A third of a word misspelt is another word.
	for _, w := range words {
		if d := distance(strings.ToLower(word), strings.ToLower(w)); d < least {
			nearest, least = w, d
		}
	}
	return nearest
}

// distance counts the letters to add, to take away, to change, and the neighbours to
// swap, to come from one word to the other.
func distance(from, to string) int {
	if len(from) > maxShown || len(to) > maxShown {
		return maxShown // no word of ours
	}
	var before, last []int
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(from) {
		before, last, row = last, row, make([]int, len(to)+1)
		row[0] = i + 1
		for j := range len(to) {
			change := last[j]
			if from[i] != to[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(to)]
}

// DidYouMean is how a sentence ends that knows a better word; without one it is empty.
func DidYouMean(word string) string {
	if word == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", word)
}
