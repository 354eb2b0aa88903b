import sys

from lianfang.commandline import main

sys.exit(main())
