// The real daemon over the demonstration library, and a site of another origin beside it.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = process.env.CARREL_TEST_ROOT;

/** Starts carrel-server on a free port: { base, stop }. `origins` may read the API. */
export async function startLibrary({ origins = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-browser-'));
  const config = join(folder, 'server.toml');
  writeFileSync(config, `[api]\nallowed_origins = ${JSON.stringify(origins)}\n`);
  const server = spawn(process.env.CARREL_TEST_SERVER, [
    '--index', process.env.CARREL_TEST_INDEX, '--listen', '127.0.0.1:0', '--documents', join(root, 'corpus/library'), '--config', config,
  ], { stdio: ['ignore', 'pipe', 'inherit'] });
  const base = await new Promise((resolve, reject) => {
    let said = '';
    server.stdout.on('data', (data) => {
      said += data;
      const address = /listening on (\S+?)\/?\s/.exec(said);
      if (address) resolve(address[1]);
    });
    server.on('exit', (code) => reject(new Error(`carrel-server ended with ${code}`)));
  });
  const stop = () => new Promise((resolve) => {
    server.removeAllListeners('exit');
    server.on('exit', () => { rmSync(folder, { recursive: true }); resolve(); });
    server.kill('SIGTERM');
  });
  return { base, stop };
}

/** Serves the demonstration site: { base, stop, use(server) }. `use` names the search server of its box. */
export async function startSite() {
  let search = '';
  const types = { html: 'text/html; charset=utf-8', css: 'text/css' };
  const site = createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : request.url.slice(1);
    if (!/^[a-z]+\.(html|css)$/.test(name)) return response.writeHead(404).end();
    const text = readFileSync(join(root, 'corpus/site', name), 'utf8').replaceAll('@SEARCH@', search);
    response.writeHead(200, { 'Content-Type': types[name.split('.').pop()] }).end(text);
  });
  await new Promise((resolve) => { site.listen(0, '127.0.0.1', resolve); });
  return {
    base: `http://127.0.0.1:${site.address().port}`,
    use: (server) => { search = server; },
    stop: () => new Promise((resolve) => { site.closeAllConnections?.(); site.close(resolve); }),
  };
}
