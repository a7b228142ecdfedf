// Start, pause and stop; stopping asks first, since it leaves positions to their stops.
export function wireControls(onProblem) {
  const command = async name => {
    try {
      const answer = await fetch(`/api/v1/${name}`, { method: 'POST' });
      if (!answer.ok) onProblem((await answer.json()).detail ?? `The command failed (${answer.status}).`);
    } catch {
      onProblem('The service did not answer; the command may not hold.');
    }
  };
  document.getElementById('start').addEventListener('click', () => command('start'));
  document.getElementById('pause').addEventListener('click', () => command('pause'));
  document.getElementById('stop').addEventListener('click', () => window.bootstrap
    ? window.bootstrap.Modal.getOrCreateInstance('#confirm-stop').show()
    : window.confirm('Stop the strategy? Open positions stay open.') && command('stop'));
  document.getElementById('confirm-stop-yes').addEventListener('click', () => command('stop'));
}

export function showRun(status, positions) {
  document.getElementById('run-word').textContent = status.run;
  document.getElementById('run-meaning').textContent = status.runMeaning;
  document.getElementById('run-dot').className = `dot ${status.run}`;
  for (const [id, state] of [['start', 'running'], ['pause', 'paused'], ['stop', 'stopped']])
    document.getElementById(id).disabled = status.run === state;
  document.getElementById('confirm-stop-open').textContent = positions.length === 0
    ? 'Nothing is open now.'
    : `${positions.length} open now: ${positions.map(position => position.symbol).join(', ')}.`;
}
