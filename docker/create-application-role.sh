#!/bin/sh
# Runs once, when the volume is empty. The image's own account is a superuser. Two more: one owns the database and
# migrates it, the other is the application, which works with rows and is held by row-level security.
set -eu
psql --set ON_ERROR_STOP=1 --set owner="$OWNER_PASSWORD" --set application="$APPLICATION_PASSWORD" \
  --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE passerelle_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'owner';
CREATE ROLE passerelle LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'application';
CREATE DATABASE passerelle OWNER passerelle_owner;
SQL
