//! Whether an archive is what its journal says: the chain, the tables, the files, the schema.

use rusqlite::Connection;

use crate::api::Op;
use crate::context::Context;
use crate::failure::Result;
use crate::journal;

/// Appends a checkpoint after a migration: the fold of the journal starts again here.
pub(crate) fn checkpoint(conn: &Connection, ctx: &Context) -> Result<()> {
    journal::append(conn, ctx, Op::Checkpoint, None, Vec::new())
}
