// Node-RED for the benchmark: no editor, no network but the broker, one flow.
module.exports = {
  httpAdminRoot: false,
  httpNodeRoot: false,
  disableEditor: true,
  uiHost: '127.0.0.1',
  uiPort: Number(process.env.PEER_HTTP_PORT),
  flowFile: 'flow.json',
  credentialSecret: false,
  diagnostics: { enabled: false, ui: false },
  telemetry: { enabled: false, updateNotification: false },
  logging: { console: { level: 'warn', metrics: false, audit: false } },
};
