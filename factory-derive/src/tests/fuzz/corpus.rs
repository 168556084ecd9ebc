//! The structs that stand in the project's own tests.

use proc_macro2::TokenStream;
use quote::ToTokens;
use std::fs;
use std::path::{Path, PathBuf};
use syn::{Item, Stmt};

/// Where there are structs with every attribute, right and wrong.
const FOLDERS: &[&str] = &["tests/derive", "tests/ui/mistakes"];

/// All of them, in the order of their paths.
pub(super) fn structs() -> Vec<TokenStream> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in FOLDERS {
        gather(&root.join(folder), &mut files);
    }
    files.sort();
    let mut structs = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("it was listed");
        if let Ok(file) = syn::parse_file(&text) {
            for item in &file.items {
                within(item, &mut structs);
            }
        }
    }
    structs
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it was listed").path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn within(item: &Item, structs: &mut Vec<TokenStream>) {
    match item {
        Item::Struct(_) | Item::Enum(_) | Item::Union(_) => structs.push(item.to_token_stream()),
        Item::Mod(module) => {
            for item in module.content.iter().flat_map(|(_, items)| items) {
                within(item, structs);
            }
        }
        Item::Fn(function) => {
            for stmt in &function.block.stmts {
                if let Stmt::Item(item) = stmt {
                    within(item, structs);
                }
            }
        }
        _ => {}
    }
}
