/**
 * What is wrong with a flow file, found before anything of it runs. A file is read once along the grammar of Camel's YAML; what
 * is found on the way (endpoints, expressions, names) is then held against what flows may use. Nothing here makes a file, opens a
 * connection or creates an object of a flow.
 */
@NullMarked
package org.caravanhub.flow.check;

import org.jspecify.annotations.NullMarked;
