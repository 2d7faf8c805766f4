//! Rows as typed records: how a struct becomes a row of its table and comes back.
//!
//! A concept's struct names its table once ([`Record`]); its fields are the table's columns. Scalars are
//! columns of their type, booleans are 0/1, lists and nested structs are JSON text. The same JSON image of
//! a record is what the journal keeps, so that an entry can be read without the program.

use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, Params, Row};
use serde::de::value::{MapDeserializer, StringDeserializer};
use serde::de::{self, DeserializeOwned, IntoDeserializer, Visitor};
use serde::{Deserializer, Serialize, forward_to_deserialize_any};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::failure::{Code, Failure, Result};
use crate::text;

/// A struct stored as rows of one table whose primary key is the text column `id`.
pub trait Record: Serialize + DeserializeOwned {
    /// The table, which is also the concept's name in `changed` lists.
    const TABLE: &'static str;
    /// The row's key.
    fn key(&self) -> &str;
}

/// Declares that a struct with an `id` field is stored in a table.
#[macro_export]
macro_rules! record {
    ($type:ty, $table:literal) => {
        impl $crate::record::Record for $type {
            const TABLE: &'static str = $table;
            fn key(&self) -> &str {
                self.id.as_ref()
            }
        }
    };
}

/// The JSON image of a record: column → value.
///
/// # Errors
/// `internal` when the type does not serialise to an object.
pub fn image<T: Record>(record: &T) -> Result<Map<String, Value>> {
    match serde_json::to_value(record) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(Failure::internal(format!("{} is not a struct", T::TABLE))),
        Err(error) => Err(Failure::internal(error)),
    }
}

/// What a value of an image is in SQLite: lists and objects are JSON text, booleans 0/1.
#[must_use]
pub fn sql(value: &Value) -> Sql {
    match value {
        Value::Null => Sql::Null,
        Value::Bool(b) => Sql::Integer(i64::from(*b)),
        Value::Number(n) => match (n.as_i64(), n.as_f64()) {
            (Some(i), _) => Sql::Integer(i),
            (None, Some(f)) => Sql::Real(f),
            (None, None) => Sql::Text(n.to_string()),
        },
        Value::String(s) => Sql::Text(s.clone()),
        Value::Array(_) | Value::Object(_) => Sql::Text(canonical(value)),
    }
}

/// JSON text with the keys of every object in order: one value has one text, in every build.
pub(crate) fn canonical(value: &Value) -> String {
    fn write(value: &Value, out: &mut String) {
        match value {
            Value::Object(map) => {
                let mut keys: Vec<&String> = map.keys().collect();
                keys.sort_unstable();
                out.push('{');
                for (i, key) in keys.into_iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    out.push_str(&Value::String(key.clone()).to_string());
                    out.push(':');
                    write(&map[key], out);
                }
                out.push('}');
            }
            Value::Array(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    write(item, out);
                }
                out.push(']');
            }
            scalar => out.push_str(&scalar.to_string()),
        }
    }
    let mut out = String::new();
    write(value, &mut out);
    out
}

/// The SHA-256 of a row: its columns in order of name, without the empty ones, so that a column added by a
/// later migration does not change it. Tables are strict: a column's type is known, so values are taken as text.
pub(crate) fn digest<'a>(row: impl IntoIterator<Item = (&'a str, ValueRef<'a>)>) -> [u8; 32] {
    let mut columns: Vec<_> = row.into_iter().filter(|(_, v)| !matches!(v, ValueRef::Null)).collect();
    columns.sort_unstable_by_key(|(name, _)| *name);
    let mut hash = Sha256::new();
    for (name, value) in columns {
        let text = plain(value);
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(&text);
    }
    hash.finalize().into()
}

/// The bytes of a value as text, whatever its type.
fn plain(value: ValueRef<'_>) -> std::borrow::Cow<'_, [u8]> {
    match value {
        ValueRef::Null => (&[][..]).into(),
        ValueRef::Integer(i) => i.to_string().into_bytes().into(),
        ValueRef::Real(f) => format!("{f:?}").into_bytes().into(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.into(),
    }
}

/// The digest of an image: that of the row it describes.
pub(crate) fn image_digest(image: &Map<String, Value>) -> [u8; 32] {
    let values: Vec<(&str, Sql)> = image.iter().map(|(k, v)| (k.as_str(), sql(v))).collect();
    digest(values.iter().map(|(k, v)| (*k, ValueRef::from(v))))
}

/// Whether two values are the same as text, `NULL` apart.
pub(crate) fn same(one: ValueRef<'_>, other: ValueRef<'_>) -> bool {
    let null = |v| matches!(v, ValueRef::Null);
    null(one) == null(other) && plain(one) == plain(other)
}

/// Writes an image as the row of `table` with that id, replacing the one that was there.
pub(crate) fn write_row(conn: &Connection, table: &str, image: &Map<String, Value>) -> Result<()> {
    let columns: Vec<&str> = image.keys().map(String::as_str).collect();
    let names = columns.join(", ");
    let marks = vec!["?"; columns.len()].join(", ");
    let updates: Vec<String> =
        columns.iter().filter(|c| **c != "id").map(|c| format!("{c} = excluded.{c}")).collect();
    let action =
        if updates.is_empty() { "NOTHING".to_owned() } else { format!("UPDATE SET {}", updates.join(", ")) };
    let statement = format!("INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT (id) DO {action}");
    conn.prepare_cached(&statement)?.execute(rusqlite::params_from_iter(image.values().map(sql)))?;
    Ok(())
}

/// Removes the row of `table` with that id. A row that others need is refused by the database.
pub(crate) fn delete_row(conn: &Connection, table: &str, id: &str) -> Result<()> {
    let done = conn.prepare_cached(&format!("DELETE FROM {table} WHERE id = ?1"))?.execute([id]);
    match done {
        Ok(_) => Ok(()),
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
            Err(Failure::new(
                Code::WrongState,
                text!(
                    "No se puede retirar «{id}»: otros registros dependen de él. No se cambió nada.",
                    "“{id}” cannot be removed: other records depend on it. Nothing was changed."
                ),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

/// The SQL values of a row, by column, for comparing with an image.
pub(crate) fn raw_row(conn: &Connection, table: &str, id: &str) -> Result<Option<Vec<(String, Sql)>>> {
    let mut statement = conn.prepare_cached(&format!("SELECT * FROM {table} WHERE id = ?1"))?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut values = Vec::with_capacity(names.len());
    for (i, name) in names.into_iter().enumerate() {
        values.push((name, row.get::<_, Sql>(i)?));
    }
    Ok(Some(values))
}

/// Whether a row holds exactly what an image says. Columns the image does not name must be null, so that a
/// column added by a later migration compares equal to older images.
pub(crate) fn row_equals(row: &[(String, Sql)], image: &Map<String, Value>) -> bool {
    row.iter().all(|(name, value)| {
        image.get(name).map_or(*value == Sql::Null, |v| same(ValueRef::from(&sql(v)), ValueRef::from(value)))
    }) && image.keys().all(|k| row.iter().any(|(name, _)| name == k))
}

/// All records that `SELECT * FROM table` with this tail (`WHERE … ORDER BY …`) gives.
pub(crate) fn select<T: Record>(conn: &Connection, tail: &str, params: impl Params) -> Result<Vec<T>> {
    let mut statement = conn.prepare_cached(&format!("SELECT {0}.* FROM {0} {tail}", T::TABLE))?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query(params)?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        records.push(from_row(row, &names)?);
    }
    Ok(records)
}

fn from_row<T: Record>(row: &Row<'_>, names: &[String]) -> Result<T> {
    let mut columns = Vec::with_capacity(names.len());
    for (i, name) in names.iter().enumerate() {
        columns.push((name.as_str(), Column(row.get_ref(i)?)));
    }
    let table = T::TABLE;
    T::deserialize(MapDeserializer::new(columns.into_iter())).map_err(|Mismatch(what)| {
        Failure::new(
            Code::Damaged,
            text!(
                "Un registro de «{table}» no se puede leer: {what}. Verifique el archivo.",
                "A record of “{table}” cannot be read: {what}. Verify the archive."
            ),
        )
    })
}

/// One column of a row as serde sees it.
struct Column<'a>(ValueRef<'a>);

#[derive(Debug)]
struct Mismatch(String);

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for Mismatch {}
impl de::Error for Mismatch {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl Column<'_> {
    fn text(&self) -> Result<&str, Mismatch> {
        self.0.as_str().map_err(|e| Mismatch(e.to_string()))
    }
    fn json(&self) -> Result<Value, Mismatch> {
        serde_json::from_str(self.text()?).map_err(|e| Mismatch(e.to_string()))
    }
}

impl<'a> IntoDeserializer<'a, Mismatch> for Column<'a> {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Column<'de> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            ValueRef::Null => visitor.visit_unit(),
            ValueRef::Integer(i) => visitor.visit_i64(i),
            ValueRef::Real(f) => visitor.visit_f64(f),
            ValueRef::Text(_) => {
                let text = self.text()?;
                if text.starts_with(['{', '[']) {
                    return self.json()?.deserialize_any(visitor).map_err(|e| Mismatch(e.to_string()));
                }
                visitor.visit_str(text)
            }
            ValueRef::Blob(b) => visitor.visit_bytes(b),
        }
    }
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            ValueRef::Integer(i) => visitor.visit_bool(i != 0),
            _ => Err(Mismatch("expected 0 or 1".into())),
        }
    }
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if matches!(self.0, ValueRef::Null) { visitor.visit_none() } else { visitor.visit_some(self) }
    }
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_str(self.text()?)
    }
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_str(self.text()?)
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let text = self.text()?;
        if text.starts_with('{') {
            return self
                .json()?
                .deserialize_enum(name, variants, visitor)
                .map_err(|e| Mismatch(e.to_string()));
        }
        let deserializer: StringDeserializer<Mismatch> = text.to_owned().into_deserializer();
        deserializer.deserialize_enum(name, variants, visitor)
    }
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.json()?.deserialize_seq(visitor).map_err(|e| Mismatch(e.to_string()))
    }
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.json()?.deserialize_map(visitor).map_err(|e| Mismatch(e.to_string()))
    }
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.json()?.deserialize_struct(name, fields, visitor).map_err(|e| Mismatch(e.to_string()))
    }
    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.json()?.deserialize_tuple(len, visitor).map_err(|e| Mismatch(e.to_string()))
    }
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple_struct identifier
    }
}

#[cfg(test)]
mod tests;
