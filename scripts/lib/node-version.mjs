// Says so in one line when Node is too old, before any newer syntax is even parsed: this file, and the entries
// that import it, keep to ES2017 and load everything else with import().
var major = Number(process.versions.node.split('.')[0]);
if (!(major >= 20)) {
  console.error(
    'Concord needs Node 20 or later; this is Node ' + process.versions.node + '. See https://nodejs.org',
  );
  process.exit(1);
}
