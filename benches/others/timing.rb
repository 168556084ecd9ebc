# How the tools of Ruby are timed: knows nothing of them.

RUNS = Integer(ARGV.fetch(0))

# Prints the median time of the block, each time within `around`, which is not timed. The first two runs warm up.
def report(table, tool, around: ->(run) { run.call }, &work)
  times = []
  (RUNS + 2).times do
    around.call(lambda do
      start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      work.call
      times << Process.clock_gettime(Process::CLOCK_MONOTONIC) - start
    end)
  end
  puts [table, tool, format("%.3f", times.drop(2).sort[RUNS / 2] * 1000)].join("\t")
  $stdout.flush
end
