package cloud

import (
	"slices"
	"strings"
)

// system databases that a server comes with, on any of the clouds.
// Sources: the engines' and the clouds' own pages.
var system = map[string][]string{
	Postgres: strings.Fields(`azure_maintenance azure_sys cloudsqladmin postgres rdsadmin template0 template1`),
	MySQL:    strings.Fields(`information_schema innodb mysql performance_schema sys`),
}

// words that an engine reserves: RDS refuses them as the name of a database, and
// SQL takes them in quotes only. Sources: appendix C of the PostgreSQL 17 manual,
// SQL Key Words, those that are reserved; the MySQL 8.4 manual, Keywords and
// Reserved Words. Those with an underscore are no names that anybody wants.
var words = map[string][]string{
	Postgres: strings.Fields(`all analyse analyze and any array as asc asymmetric authorization binary both case cast
		check collate collation column concurrently constraint create cross default deferrable desc distinct do else
		end except false fetch for foreign freeze from full grant group having ilike in initially inner intersect into
		is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on only
		or order outer overlaps placing primary references returning right select similar some symmetric table
		tablesample then to trailing true union unique user using variadic verbose when where window with`),
	MySQL: strings.Fields(`accessible add all alter analyze and as asc asensitive before between bigint binary blob both
		by call cascade case change char character check collate column condition constraint continue convert create
		cross cube cursor database databases dec decimal declare default delayed delete desc describe deterministic
		distinct distinctrow div double drop dual each else elseif empty enclosed escaped except exists exit explain
		false fetch float for force foreign from fulltext function generated get grant group grouping groups having if
		ignore in index infile inner inout insensitive insert int integer intersect interval into is iterate join key
		keys kill lag lateral lead leading leave left like limit linear lines load localtime localtimestamp lock long
		longblob longtext loop manual match maxvalue mediumblob mediumint mediumtext middleint mod modifies natural not
		ntile null numeric of on optimize option optionally or order out outer outfile over parallel partition
		precision primary procedure purge qualify range rank read reads real recursive references regexp release rename
		repeat replace require resignal restrict return revoke right rlike row rows schema schemas select sensitive
		separator set show signal smallint spatial specific sql sqlexception sqlstate sqlwarning ssl starting stored
		system table tablesample terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique
		unlock unsigned update usage use using values varbinary varchar varcharacter varying virtual when where while
		window with write xor zerofill`),
}

// Reserved says whether a database of an engine cannot have the name, on any of
// the clouds.
func Reserved(engine, name string) bool {
	return slices.Contains(system[engine], name) || slices.Contains(words[engine], name)
}

// ReservedNames are the names that a database of an engine cannot have, in order.
func ReservedNames(engine string) []string {
	return slices.Sorted(slices.Values(slices.Concat(system[engine], words[engine])))
}
