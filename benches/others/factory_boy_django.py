"""factory_boy and Django: `create_batch`, and what a careful person does by hand, `build_batch` and `bulk_create`."""

from blog_in_django import Comment, Post, User, rolled_back
from timing import ROWS, report

import factory
from factory.django import DjangoModelFactory


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.com")


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    author = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"post {n}")


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    post = factory.SubFactory(PostFactory)
    author = factory.SubFactory(UserFactory)
    body = factory.Sequence(lambda n: f"comment {n}")


def in_bulk():
    users = User.objects.bulk_create(UserFactory.build_batch(2 * ROWS))
    posts = Post.objects.bulk_create([PostFactory.build(author=author) for author in users[:ROWS]])
    comments = zip(posts, users[ROWS:])
    return Comment.objects.bulk_create([CommentFactory.build(post=post, author=author) for post, author in comments])


report("rows", "factory_boy and Django", lambda: CommentFactory.create_batch(ROWS), rolled_back)
report("rows", "factory_boy and Django, bulk_create by hand", in_bulk, rolled_back)
