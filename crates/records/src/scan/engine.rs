//! The query engine behind a scan: which files, which columns, which rows, in parts on a few threads.

use crate::error::{Fault, RecordsError};
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::logical_expr::{Expr, ident, lit};
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use datafusion::parquet::file::metadata::ParquetMetaData;
use datafusion::parquet::file::statistics::Statistics;
use datafusion::prelude::{DataFrame, ParquetReadOptions, SessionConfig, SessionContext};
use futures::StreamExt;
use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::runtime::Runtime;

/// Rows the engine hands over at a time.
const BATCH_ROWS: usize = 16_384;

/// The files of a scan, opened.
pub(super) struct Source {
    runtime: Runtime,
    table: DataFrame,
    schema: SchemaRef,
    footers: Vec<Arc<ParquetMetaData>>,
}

pub(super) fn engine(error: impl std::fmt::Display) -> RecordsError {
    RecordsError::Engine(error.to_string())
}

impl Source {
    /// Opens a file, or the `.parquet` files of a folder in the order of their names.
    pub(super) fn open(path: &Path, threads: usize) -> Result<Self, RecordsError> {
        let files = list_files(path)?;
        let mut footers = Vec::with_capacity(files.len());
        let mut schema = None;
        for file in &files {
            let failed = |source| RecordsError::File { path: file.display().to_string(), source };
            let builder = opened(file, std::fs::File::open(file).map_err(failed)?)?;
            footers.push(Arc::clone(builder.metadata()));
            schema = schema.or_else(|| Some(builder.schema().clone()));
        }
        let Some(schema) = schema else {
            return Err(RecordsError::refused(Fault::file(
                format!("{} holds no .parquet file", path.display()),
                "give a Parquet file, or a folder of them",
            )));
        };
        let threads = threads.max(1);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(threads)
            .enable_all()
            .build()
            .map_err(|source| RecordsError::File { path: path.display().to_string(), source })?;
        let mut config = SessionConfig::new()
            .with_target_partitions(threads)
            .with_batch_size(BATCH_ROWS)
            .with_collect_statistics(false);
        config.options_mut().execution.parquet.pushdown_filters = true;
        let context = SessionContext::new_with_config(config);
        let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        let options = ParquetReadOptions { file_extension: "", ..ParquetReadOptions::default() };
        let table = runtime.block_on(context.read_parquet(paths, options)).map_err(engine)?;
        Ok(Self { runtime, table, schema, footers })
    }

    /// Rows in all files.
    pub(super) fn rows(&self) -> u64 {
        self.footers
            .iter()
            .map(|footer| u64::try_from(footer.file_metadata().num_rows()).unwrap_or_default())
            .sum()
    }

    /// Names of the columns.
    pub(super) fn names(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|field| field.name().as_str()).collect()
    }

    /// The type of a column.
    pub(super) fn kind(&self, name: &str) -> Option<&DataType> {
        self.schema.field_with_name(name).ok().map(datafusion::arrow::datatypes::Field::data_type)
    }

    pub(super) fn is_number(&self, name: &str) -> bool {
        self.kind(name).is_some_and(|kind| kind.is_numeric() || *kind == DataType::Boolean)
    }

    /// Smallest and largest whole number of a column, when every part of every file states them.
    pub(super) fn range(&self, name: &str) -> Option<(i64, i64)> {
        let mut range: Option<(i64, i64)> = None;
        for footer in &self.footers {
            let columns = footer.file_metadata().schema_descr().columns();
            let at = columns.iter().position(|column| column.path().parts() == [name])?;
            for group in footer.row_groups().iter().filter(|group| group.num_rows() > 0) {
                let (least, most) = match group.column(at).statistics()? {
                    Statistics::Int64(numbers) => (*numbers.min_opt()?, *numbers.max_opt()?),
                    Statistics::Int32(numbers) => {
                        (i64::from(*numbers.min_opt()?), i64::from(*numbers.max_opt()?))
                    }
                    _ => return None,
                };
                range = Some(range.map_or((least, most), |(low, high)| (low.min(least), high.max(most))));
            }
        }
        range
    }

    /// Streams the rows whose columns hold the given values, part by part, one thread a part; gives the parts' states.
    ///
    /// # Errors
    /// The first error of any part.
    pub(super) fn drive<W: Send>(
        &self,
        columns: &[&str],
        rows: &BTreeMap<String, String>,
        make: impl Fn() -> W + Sync,
        each: impl Fn(&mut W, RecordBatch) -> Result<ControlFlow<()>, RecordsError> + Sync,
    ) -> Result<Vec<W>, RecordsError> {
        let mut table = self.table.clone();
        for (name, value) in rows {
            table = table.filter(self.holds(name, value)?).map_err(engine)?;
        }
        let chosen: Vec<Expr> = columns.iter().map(|name| ident(*name)).collect();
        let table = table.select(chosen).map_err(engine)?;
        let streams = self.runtime.block_on(table.execute_stream_partitioned()).map_err(engine)?;
        let handle = self.runtime.handle();
        std::thread::scope(|scope| {
            let threads: Vec<_> = streams
                .into_iter()
                .map(|mut stream| {
                    let (make, each) = (&make, &each);
                    scope.spawn(move || {
                        let mut state = make();
                        handle.block_on(async {
                            while let Some(batch) = stream.next().await {
                                if each(&mut state, batch.map_err(engine)?)?.is_break() {
                                    break;
                                }
                            }
                            Ok(state)
                        })
                    })
                })
                .collect();
            let ended: Vec<Result<W, RecordsError>> = threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|_| Err(engine("a reading thread broke off"))))
                .collect();
            ended.into_iter().collect()
        })
    }

    /// The condition that a column holds a value, written in the column's type so that the files' statistics apply.
    fn holds(&self, name: &str, value: &str) -> Result<Expr, RecordsError> {
        let unfit = || {
            RecordsError::refused(
                Fault::file("the column cannot hold this value", "give a value of the column's type")
                    .in_column(name)
                    .quoting(value),
            )
        };
        let literal = match self.kind(name) {
            Some(DataType::Boolean) => match value {
                "true" | "1" => lit(true),
                "false" | "0" => lit(false),
                _ => return Err(unfit()),
            },
            Some(kind) if kind.is_integer() => lit(value.parse::<i64>().map_err(|_| unfit())?),
            Some(kind) if kind.is_numeric() => lit(value.parse::<f64>().map_err(|_| unfit())?),
            _ => lit(value),
        };
        Ok(ident(name).eq(literal))
    }
}

/// The footer of a Parquet file.
fn opened(
    path: &Path,
    file: std::fs::File,
) -> Result<ParquetRecordBatchReaderBuilder<std::fs::File>, RecordsError> {
    ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| {
        RecordsError::refused(Fault::file(
            format!("{} cannot be read as Parquet: {error}", path.display()),
            "write it again, or leave it out of the folder",
        ))
    })
}

/// Rows that a Parquet file states; `None` for a file with another beginning.
pub(super) fn count_rows(path: &Path) -> Result<Option<u64>, RecordsError> {
    let failed = |source| RecordsError::File { path: path.display().to_string(), source };
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let mut mark = Vec::new();
    (&mut file).take(4).read_to_end(&mut mark).map_err(failed)?;
    if mark != b"PAR1" {
        return Ok(None);
    }
    let rows = opened(path, file)?.metadata().file_metadata().num_rows();
    Ok(Some(u64::try_from(rows).unwrap_or_default()))
}

/// A file, or the `.parquet` files of a folder in the order of their names.
pub(crate) fn list_files(path: &Path) -> Result<Vec<PathBuf>, RecordsError> {
    let failed = |source| RecordsError::File { path: path.display().to_string(), source };
    let about = std::fs::metadata(path).map_err(failed)?;
    if !about.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?.path();
        if entry.is_file() && entry.extension().is_some_and(|extension| extension == "parquet") {
            files.push(entry);
        }
    }
    files.sort();
    Ok(files)
}
