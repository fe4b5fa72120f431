#!/bin/sh
# Runs once, when the volume is empty. The image's own account is a superuser; the application gets one that owns its
# database and nothing else.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$APPLICATION_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE passerelle LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'password';
CREATE DATABASE passerelle OWNER passerelle;
SQL
