# factory_bot and ActiveRecord: `create_list`, in a transaction that is rolled back, as Rails has one around each test.

require "active_record"
require "factory_bot"
require_relative "timing"

ROWS = 1_000

ActiveRecord::Base.establish_connection(adapter: "sqlite3", database: ":memory:")
ActiveRecord::Base.connection.raw_connection.execute_batch(File.read(File.join(__dir__, "schema.sql")))

class User < ActiveRecord::Base
end

class Post < ActiveRecord::Base
  belongs_to :author, class_name: "User"
end

class Comment < ActiveRecord::Base
  belongs_to :post
  belongs_to :author, class_name: "User"
end

FactoryBot.define do
  factory :user, aliases: [:author] do
    sequence(:username) { |n| "user#{n}" }
    email { "#{username}@example.com" }
  end

  factory :post do
    author
    sequence(:title) { |n| "post #{n}" }
  end

  factory :comment do
    post
    author
    sequence(:body) { |n| "comment #{n}" }
  end
end

rolled_back = lambda do |run|
  ActiveRecord::Base.transaction do
    run.call
    made = [User.count, Post.count, Comment.count]
    raise "made #{made}" unless made == [2 * ROWS, ROWS, ROWS]

    raise ActiveRecord::Rollback
  end
end

report("rows", "factory_bot and ActiveRecord", around: rolled_back) { FactoryBot.create_list(:comment, ROWS) }
