"""factory_boy and SQLAlchemy: rows that are flushed once, at the end, and rows that are flushed one by one."""

from contextlib import contextmanager
from pathlib import Path

from timing import ROWS, report

import factory
from factory.alchemy import SQLAlchemyModelFactory
from sqlalchemy import ForeignKey, StaticPool, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, scoped_session, sessionmaker


class Base(DeclarativeBase):
    id: Mapped[int] = mapped_column(primary_key=True)


class User(Base):
    __tablename__ = "users"
    username: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str]


class Post(Base):
    __tablename__ = "posts"
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    author: Mapped[User] = relationship()
    title: Mapped[str]


class Comment(Base):
    __tablename__ = "comments"
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    post: Mapped[Post] = relationship()
    author: Mapped[User] = relationship()
    body: Mapped[str]


engine = create_engine("sqlite://", poolclass=StaticPool)
event.listen(engine, "connect", lambda connection, _: connection.execute("pragma foreign_keys = on"))
with engine.connect() as connection:
    connection.connection.executescript(Path(__file__).with_name("schema.sql").read_text())
Session = scoped_session(sessionmaker(engine))


def factories(persistence):
    """The factory of comments, and those of their parents, all of them with this persistence."""

    class Stored(SQLAlchemyModelFactory):
        class Meta:
            abstract = True
            sqlalchemy_session = Session
            sqlalchemy_session_persistence = persistence

    class UserFactory(Stored):
        class Meta:
            model = User

        username = factory.Sequence(lambda n: f"user{n}")
        email = factory.LazyAttribute(lambda user: f"{user.username}@example.com")

    class PostFactory(Stored):
        class Meta:
            model = Post

        author = factory.SubFactory(UserFactory)
        title = factory.Sequence(lambda n: f"post {n}")

    class CommentFactory(Stored):
        class Meta:
            model = Comment

        post = factory.SubFactory(PostFactory)
        author = factory.SubFactory(UserFactory)
        body = factory.Sequence(lambda n: f"comment {n}")

    return CommentFactory


added, flushed = factories(None), factories("flush")


def one_flush():
    comments = added.create_batch(ROWS)
    Session.flush()
    return comments


@contextmanager
def rolled_back():
    """A transaction that is rolled back, as around each test; counts what was made in it."""
    yield
    assert [Session.query(model).count() for model in (User, Post, Comment)] == [2 * ROWS, ROWS, ROWS]
    Session.rollback()
    Session.remove()


report("rows", "factory_boy and SQLAlchemy, one flush", one_flush, rolled_back)
report("rows", "factory_boy and SQLAlchemy, a flush for each row", lambda: flushed.create_batch(ROWS), rolled_back)
