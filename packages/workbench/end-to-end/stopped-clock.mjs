// Preloaded into a process (`node --import`), so that every run of it happens at the same moment.
const moment = Number(process.env['STOPPED_AT'])
Date.now = () => moment
