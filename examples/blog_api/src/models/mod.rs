//! What is in the tables, what is said of it, and the SQL between them. Knows nothing of HTTP.

mod comment;
mod post;
mod user;

pub use comment::{Comment, CommentView, NewComment};
pub use post::{NewPost, Ordering, Post, PostEdit, PostFilter, PostView, Status};
pub use user::{NewUser, User, UserView};
