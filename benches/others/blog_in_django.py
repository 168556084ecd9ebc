"""The blog as Django's models, in SQLite in memory. Knows no factories."""

from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.db import connection, models, transaction
from timing import ROWS

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()


class User(models.Model):
    username = models.TextField(unique=True)
    email = models.TextField()

    class Meta:
        app_label = "blog"
        db_table = "users"


class Post(models.Model):
    author = models.ForeignKey(User, models.CASCADE)
    title = models.TextField()

    class Meta:
        app_label = "blog"
        db_table = "posts"


class Comment(models.Model):
    post = models.ForeignKey(Post, models.CASCADE)
    author = models.ForeignKey(User, models.CASCADE)
    body = models.TextField()

    class Meta:
        app_label = "blog"
        db_table = "comments"


connection.ensure_connection()
connection.connection.executescript(Path(__file__).with_name("schema.sql").read_text())


@contextmanager
def rolled_back():
    """A transaction that is rolled back, as Django's `TestCase` has one around each test; counts what was made in it."""
    with transaction.atomic():
        yield
        assert (User.objects.count(), Post.objects.count(), Comment.objects.count()) == (2 * ROWS, ROWS, ROWS)
        transaction.set_rollback(True)
