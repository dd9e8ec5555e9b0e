// Package database is the type database: PostgreSQL and MySQL on four clouds.
package database
