/** Reports what the whole process used so far; the parent reads it from the IPC channel. */
exports.finish = (extra = {}) => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.send({ cpu: (userCPUTime + systemCPUTime) / 1e6, rss: maxRSS / 1024, ...extra }, () => process.disconnect());
};
