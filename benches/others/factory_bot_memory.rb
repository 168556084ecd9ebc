# factory_bot without a database: users of five plain fields.

require "factory_bot"
require_relative "timing"

USERS = 10_000

User = Struct.new(:id, :username, :email, :name, :active)

FactoryBot.define do
  factory :user do
    sequence(:id)
    sequence(:username) { |n| "user#{n}" }
    email { "#{username}@example.com" }
    name { "A Name" }
    active { true }
  end
end

report("memory", "factory_bot") { FactoryBot.build_list(:user, USERS) }
