// Whose money is traded, said where nobody can miss it; and arming, for which the account's name has to be typed.
import { money, time } from './format.js';

const at = id => document.getElementById(id);
// The exchanges whose money is not real, as the banner names them.
const play = { rehearsal: 'REHEARSAL', testnet: 'TESTNET', demo: 'DEMO' };
const sources = {
  replay: ['REPLAY', 'not the live market'],
  synthetic: ['INVENTED PRICES', 'nothing here is a real market'],
};
let known = null;

export function wireArming() {
  at('arm').addEventListener('click', () => known?.arming?.isArmed ? send('disarm') : ask());
  at('arm-name').addEventListener('input', () => { at('arm-yes').disabled = at('arm-name').value !== known?.account; });
  at('arm-form').addEventListener('submit', event => {
    event.preventDefault();
    if (at('arm-name').value === known?.account) send('arm', { confirm: at('arm-name').value });
  });
}

export function showMoney(status) {
  known = status;
  const [word, text] = words(status);
  at('banner').className = `banner ${tone(status)}`;
  at('banner-word').textContent = word;
  at('banner-text').textContent = [text, status.market].filter(Boolean).join('; ');
  at('arm').hidden = status.mode !== 'live' || !status.arming;
  at('arm').textContent = status.arming?.isArmed ? 'Disarm' : 'Arm…';
  // Nobody pays invented money into a real account.
  at('funds-open').hidden = status.mode !== 'paper';
}

function words(status) {
  const at = status.place?.address ? ` at ${status.place.address}` : '';
  if (status.mode === 'live') {
    const armed = status.arming?.isArmed ? `ARMED by ${status.arming.armedBy}, ${time(status.arming.armedAt)} UTC` : 'not armed: nothing is bought';
    return isReal(status) ? [`LIVE: real money${at}`, armed] : [`${liveName(status)} · live mode${at}`, `play money, ${armed}`];
  }
  const [source, text] = sources[status.source] ?? [play[status.place?.kind] ?? status.source.toUpperCase(), ''];
  if (status.mode === 'dryRun') return [`${source} · DRY RUN${at}`, isReal(status) ? 'the account is real, and no order is sent' : 'the account has play money, and no order is sent'];
  return [`${source} · PAPER MONEY`, text];
}

// Whatever is not known to be play money is real.
const isReal = ({ place }) => !(place?.kind in play);

// How an account in live mode is called: LIVE, unless its money is none.
export const liveName = status => isReal(status) ? 'LIVE' : play[status.place.kind];

function tone(status) {
  if (status.mode === 'live') return `${isReal(status) ? 'live' : 'rehearsal'} ${status.arming?.isArmed ? 'armed' : ''}`;
  return status.mode === 'dryRun' ? 'dry' : status.source;
}

function ask() {
  const most = known.arming.firstDayValue;
  const stake = isReal(known) ? 'real money' : 'play money';
  at('confirm-arm-title').textContent = isReal(known) ? 'Trade with real money?' : `${liveName(known)}: trade with play money?`;
  at('arm-stake').textContent = stake;
  at('arm-account').textContent = known.account;
  at('arm-name').value = '';
  at('arm-told').textContent = '';
  at('arm-yes').disabled = true;
  at('arm-bound').textContent = most === 0 ? 'No bound of a first day holds: entries are as large as the limits allow.'
    : known.arming.firstDayEnds ? `Until ${time(known.arming.firstDayEnds)} UTC no entry costs more than ${money(most)}.`
    : `For the first 24 hours no entry costs more than ${money(most)}.`;
  if (window.bootstrap) window.bootstrap.Modal.getOrCreateInstance('#confirm-arm').show();
  else {
    const name = window.prompt(`To trade with ${stake}, type the account's name: ${known.account}`);
    if (name !== null) send('arm', { confirm: name });
  }
}

async function send(path, body = null) {
  let problem = '';
  try {
    const answer = await fetch(`/api/v1/${path}`, { method: 'POST', ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }) });
    if (!answer.ok) problem = (await answer.json()).detail ?? `The command failed (${answer.status}).`;
  } catch {
    problem = 'The service did not answer; nobody knows whether the command holds. Look at the banner once the line is back.';
  }
  if (problem === '' && path === 'arm') window.bootstrap?.Modal.getOrCreateInstance('#confirm-arm').hide();
  at(path === 'arm' && window.bootstrap ? 'arm-told' : 'command-problem').textContent = problem;
  at('command-problem').classList.toggle('d-none', at('command-problem').textContent === '');
}
