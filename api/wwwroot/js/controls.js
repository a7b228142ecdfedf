// Start, pause and stop; stopping asks first, since it leaves positions to their stops.
const states = { start: 'running', pause: 'paused', stop: 'stopped' };
const at = id => document.getElementById(id);
let underWay = false;

export function wireControls() {
  at('start').addEventListener('click', () => command('start'));
  at('pause').addEventListener('click', () => command('pause'));
  at('stop').addEventListener('click', () => window.bootstrap
    ? window.bootstrap.Modal.getOrCreateInstance('#confirm-stop').show()
    : window.confirm('Stop the strategy? Open positions stay open.') && command('stop'));
  at('confirm-stop-yes').addEventListener('click', () => command('stop'));
}

async function command(name) {
  underWay = true;
  for (const id of Object.keys(states)) at(id).disabled = true;
  let problem = '';
  let held = null;
  try {
    const answer = await fetch(`/api/v1/${name}`, { method: 'POST' });
    if (answer.ok) held = await answer.json();
    else problem = (await answer.json()).detail ?? `The command failed (${answer.status}).`;
  } catch {
    problem = 'The service did not answer; nobody knows whether the command holds. Look at the state once the line is back.';
  }
  underWay = false;
  at('command-problem').textContent = problem;
  at('command-problem').classList.toggle('d-none', problem === '');
  if (held) {
    showRun(held.run, held.meaning, false);
    showEntries(held.entryObstacles);
  } else {
    for (const id of Object.keys(states)) at(id).disabled = false;
  }
}

// What a command met before says nothing of the state that was loaded since.
export function forgetCommandProblem() {
  at('command-problem').classList.add('d-none');
}

// What is wrong with the account itself; empty when all is well.
export function showProblem(text) {
  at('problem').textContent = text;
  at('problem').classList.toggle('d-none', text === '');
}

export function showRun(run, meaning, hasEnded, isKilled) {
  at('run-word').textContent = isKilled ? 'kill switch pulled' : hasEnded ? 'market ended' : run;
  at('run-meaning').textContent = hasEnded && !isKilled ? `The recorded market has no more bars, so nothing happens any more. The account is ${run}.` : meaning;
  at('run-dot').className = isKilled ? 'dot stopped' : hasEnded ? 'dot' : `dot ${run}`;
  if (!underWay) for (const [id, state] of Object.entries(states)) at(id).disabled = run === state;
}

// What keeps the account from opening any position, whatever its run state; the line is always there, so that nothing moves when it fills.
export function showEntries(obstacles) {
  at('entries').classList.toggle('blocked', obstacles.length > 0);
  at('entries-word').textContent = obstacles.length > 0 ? 'No new positions now:' : 'New positions:';
  at('entries-why').textContent = obstacles.length > 0 ? obstacles.map(({ text }) => text).join(' ') : 'nothing stands in the way of the account as a whole.';
}

export function showOpen(positions) {
  at('confirm-stop-open').textContent = positions.length === 0
    ? 'Nothing is open now.'
    : `${positions.length} open now: ${positions.map(position => position.symbol).join(', ')}.`;
}
