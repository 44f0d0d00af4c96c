// Command excludes says what upstream's rules exclude. It reads words that end with a zero byte: "N" begins a new set of
// rules, "R" and a line adds one, "F" or "D" and a path asks about a file or directory. Each question is answered by 0 or 1.
package main

import (
	"bufio"
	"log"
	"os"

	"github.com/PlakarKorp/kloset/exclude"
)

func main() {
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	rules := exclude.NewRuleSet()
	for word, err := in.ReadString(0); err == nil; word, err = in.ReadString(0) {
		switch text := word[1 : len(word)-1]; word[0] {
		case 'N':
			rules = exclude.NewRuleSet()
		case 'R':
			if err := rules.AddRulesFromArray([]string{text}); err != nil {
				log.Fatal(err)
			}
		default:
			answer := byte('0')
			if rules.IsExcluded(text, word[0] == 'D') {
				answer = '1'
			}
			out.WriteByte(answer)
		}
	}
}
